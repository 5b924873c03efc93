package org.privatus.simulation.gateway;

import java.util.function.LongSupplier;

/// Nanoseconds of real time since it was made. For any thread.
final class WallClock implements LongSupplier {
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    /// What time it was when the clock was made, since 1970.
    long startMillis() {
        return startMillis;
    }

    @Override
    public long getAsLong() {
        return System.nanoTime() - startNanos;
    }
}
