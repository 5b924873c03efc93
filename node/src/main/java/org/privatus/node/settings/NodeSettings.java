package org.privatus.node.settings;

import org.privatus.dht.DhtSettings;
import org.privatus.node.link.core.LinkSettings;
import org.privatus.node.messaging.core.MessagingSettings;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.RelaySettings;

/// Everything that may be chosen about a node, validated. From [SettingsLoader].
public record NodeSettings(
        Profile profile,
        ProcessSettings process,
        ConsoleSettings console,
        LinkSettings link,
        DhtSettings dht,
        OnionSettings onion,
        RelaySettings relay,
        MessagingSettings messaging) {}
