package org.privatus.onion.flow;

/// Allows so many bytes per second, and so many at once after a pause.
public final class ByteBudget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long burst;
    private final long bytesPerSecond;
    private long available;
    private long refilledAtNanos;

    public ByteBudget(long burst, long bytesPerSecond, long nowNanos) {
        this.burst = burst;
        this.bytesPerSecond = bytesPerSecond;
        this.available = burst;
        this.refilledAtNanos = nowNanos;
    }

    /// Takes so many bytes, if they are there.
    public boolean take(long bytes, long nowNanos) {
        double earned = (nowNanos - refilledAtNanos) / NANOS_PER_SECOND * bytesPerSecond;
        if (earned >= 1) {
            available = available + Math.min(burst - available, (long) earned);
            refilledAtNanos = nowNanos;
        }
        if (bytes > available) {
            return false;
        }
        available -= bytes;
        return true;
    }
}
