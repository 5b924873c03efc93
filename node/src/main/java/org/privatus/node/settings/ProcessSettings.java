package org.privatus.node.settings;

/// The process that runs a node. Keys below `privatus.node`.
///
/// @param network `main`, `dev` or a number
/// @param listen `ADDRESS:PORT`, port 0 for any
public record ProcessSettings(String network, String listen) {}
