package org.privatus.onion.circuit;

import java.util.concurrent.TimeUnit;

/// The most that a circuit has moved within a second, both ways together.
final class Meter {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CELL_BITS = 8 * 512;

    private long beganNanos = Long.MIN_VALUE;
    private long cells;
    private long bestKbits;

    void moved(int count, long nowNanos) {
        if (beganNanos == Long.MIN_VALUE) {
            beganNanos = nowNanos;
        }
        cells += count;
        long elapsed = nowNanos - beganNanos;
        if (elapsed >= WINDOW_NANOS) {
            bestKbits = Math.max(bestKbits, cells * CELL_BITS / Math.max(1, TimeUnit.NANOSECONDS.toMillis(elapsed)));
            beganNanos = nowNanos;
            cells = 0;
        }
    }

    /// In kilobits per second.
    long bestKbits() {
        return bestKbits;
    }
}
