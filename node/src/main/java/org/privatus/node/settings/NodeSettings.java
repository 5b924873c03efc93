package org.privatus.node.settings;

/// Everything that may be chosen about a node, validated. From [SettingsLoader].
public record NodeSettings(Profile profile, ProcessSettings process, ConsoleSettings console) {}
