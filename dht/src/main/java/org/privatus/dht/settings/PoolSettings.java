package org.privatus.dht.settings;

import java.time.Duration;

/// The pool of verified descriptors. Keys below `privatus.dht.pool`.
///
/// @param wanted descriptors to keep
/// @param fetches descriptors asked for at once
/// @param retry four times the pause after a search that found little; it doubles while nobody new is found, up to `retryMost`
/// @param retryMost longest time between two searches while descriptors are missing
public record PoolSettings(int wanted, int fetches, Duration retry, Duration retryMost) {
    public PoolSettings {
        Bounds.within("pool.wanted", wanted, 0, 10_000);
        Bounds.within("pool.fetches", fetches, 1, 64);
        Bounds.within("pool.retry", retry, Duration.ofMillis(100), Duration.ofMinutes(10));
        Bounds.within("pool.retry-most", retryMost, retry, Duration.ofHours(4));
    }

    public static PoolSettings defaults() {
        return new PoolSettings(256, 4, Duration.ofSeconds(5), Duration.ofMinutes(15));
    }
}
