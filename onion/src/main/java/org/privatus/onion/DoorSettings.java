package org.privatus.onion;

import java.time.Duration;

/// How many strangers a gateway lets in to one person; `privatus.onion.relay.door` in `reference.conf`, where each key is
/// explained.
///
/// @param leastEffort hashes that are asked for when more come than are let in
public record DoorSettings(int burst, Duration interval, int queue, long leastEffort, long mostEffort) {
    public DoorSettings {
        OnionSettings.in("onion.relay.door.burst", burst, 1, 10_000);
        OnionSettings.in("onion.relay.door.interval", interval, Duration.ofMillis(1), Duration.ofMinutes(1));
        OnionSettings.in("onion.relay.door.queue", queue, 1, 10_000);
        OnionSettings.in("onion.relay.door.least-effort", leastEffort, 100, 1_000_000);
        OnionSettings.in("onion.relay.door.most-effort", mostEffort, leastEffort, 1_000_000_000);
    }

    public static DoorSettings defaults() {
        return new DoorSettings(32, Duration.ofMillis(100), 64, 2_000, 16_000_000);
    }
}
