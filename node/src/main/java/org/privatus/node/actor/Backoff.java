package org.privatus.node.actor;

import java.time.Duration;

/// How long to wait before a crashed child is started again: doubling from 200 ms to 30 s, and forgotten once a child
/// has lived for a minute. Without randomness: a node's children do not compete.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration STABLE = Duration.ofMinutes(1);

    private Duration next = FIRST;
    private long crashes;

    /// The wait after a child crashed that lived so long.
    Duration crashed(long livedNanos) {
        crashes++;
        if (livedNanos >= STABLE.toNanos()) {
            next = FIRST;
        }
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }

    long crashes() {
        return crashes;
    }
}
