package org.privatus.onion;

import java.time.Duration;

/// Hops that stay; `privatus.onion.guards` in `reference.conf`, where each key is explained.
///
/// @param first first hops that are used
/// @param most first hops that are tried at most, all that failed included
/// @param second second hops of circuits through which others come in
public record GuardSettings(int first, int most, Duration lifetime, int second, Duration secondLifetime) {
    public GuardSettings {
        OnionSettings.in("onion.guards.first", first, 2, 10);
        OnionSettings.in("onion.guards.most", most, first, 30);
        OnionSettings.in("onion.guards.lifetime", lifetime, Duration.ofDays(1), Duration.ofDays(120));
        OnionSettings.in("onion.guards.second", second, 2, 10);
        OnionSettings.in("onion.guards.second-lifetime", secondLifetime, Duration.ofHours(2), Duration.ofDays(30));
    }

    public static GuardSettings defaults() {
        return new GuardSettings(3, 12, Duration.ofDays(60), 4, Duration.ofDays(6));
    }
}
