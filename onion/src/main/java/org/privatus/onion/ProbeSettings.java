package org.privatus.onion;

/// How much is spent on measuring relays; `privatus.onion.probes` in `reference.conf`, where each key is explained.
///
/// @param hourlyBytes 0: nothing is measured but what is used
public record ProbeSettings(int sizeBytes, int hourlyBytes) {
    public ProbeSettings {
        OnionSettings.in("onion.probes.size", sizeBytes, 64 << 10, 1 << 20);
        OnionSettings.in("onion.probes.hourly", hourlyBytes, 0, 1 << 30);
    }

    public static ProbeSettings defaults() {
        return new ProbeSettings(128 << 10, 2 << 20);
    }

    public static ProbeSettings none() {
        return new ProbeSettings(128 << 10, 0);
    }
}
