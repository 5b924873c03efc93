package org.privatus.simulation.cluster;

import java.time.Duration;

/// A moment of the real clock after which one does not wait any more.
final class Deadline {
    private final long atNanos;

    Deadline(Duration fromNow) {
        this.atNanos = System.nanoTime() + fromNow.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - atNanos >= 0;
    }
}
