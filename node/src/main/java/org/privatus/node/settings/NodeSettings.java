package org.privatus.node.settings;

/// Everything that may be chosen about a node, validated.
public record NodeSettings(Profile profile, ProcessSettings process, ConsoleSettings console) {}
