package org.privatus.node.settings;

import java.util.Locale;

/// What a node is for: a set of other defaults, see `privatus.profiles` in `reference.conf`.
public enum Profile {
    /// Developing, and everything on a `dev` network: private addresses are fine, keys need no passphrase.
    DEV,
    /// A person's node on the public network.
    PROD,
    /// A machine that mostly carries other people's traffic.
    RELAY,
    /// Many nodes in virtual time.
    SIMULATION;

    /// As written in settings.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
