package org.privatus.node.settings;

import org.privatus.dht.DhtSettings;

/// Everything that may be chosen about a node, validated. From [SettingsLoader].
public record NodeSettings(Profile profile, ProcessSettings process, ConsoleSettings console, DhtSettings dht) {}
