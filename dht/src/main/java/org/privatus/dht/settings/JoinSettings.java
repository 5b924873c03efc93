package org.privatus.dht.settings;

import java.time.Duration;

/// Entering the network. Keys below `privatus.dht.join`.
///
/// @param patience no request of a join is given up before this
/// @param retry how long after a failed join the next one begins; doubles up to `retryMost`
/// @param retryMost longest time between two attempts
public record JoinSettings(Duration patience, Duration retry, Duration retryMost) {
    public JoinSettings {
        Bounds.within("join.patience", patience, Duration.ofMillis(100), Duration.ofSeconds(10));
        Bounds.within("join.retry", retry, Duration.ofMillis(100), Duration.ofMinutes(10));
        Bounds.within("join.retry-most", retryMost, retry, Duration.ofHours(4));
    }

    public static JoinSettings defaults() {
        return new JoinSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
