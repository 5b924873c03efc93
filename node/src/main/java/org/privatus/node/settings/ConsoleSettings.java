package org.privatus.node.settings;

/// HTTP on loopback. Keys below `privatus.node.console`.
///
/// @param port the one to try first
public record ConsoleSettings(boolean enabled, int port) {}
