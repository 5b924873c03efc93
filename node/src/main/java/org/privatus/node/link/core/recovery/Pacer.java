package org.privatus.node.link.core.recovery;

/// Spreads packets over a round trip (RFC 9002 section 7.7): a bucket of bytes, filled at the controller's rate.
///
/// The bucket holds an initial window, or what flows in {@link #BURST_NANOS}, whichever is more: below that, timers are too coarse to help and
/// would only hold packets up.
public final class Pacer {
    static final long BURST_NANOS = 4_000_000;

    private static final int BURST_PACKETS = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double leastCapacity;
    private double tokens;
    private long filledAt;
    private boolean started;

    public Pacer(int packetBytes) {
        this.leastCapacity = (double) BURST_PACKETS * packetBytes;
    }

    /// When a packet of `bytes` may leave: `now`, or later.
    public long earliest(int bytes, long bytesPerSecond, long now) {
        fill(bytesPerSecond, now);
        if (tokens >= bytes) {
            return now;
        }
        return now + (long) Math.ceil((bytes - tokens) * NANOS_PER_SECOND / bytesPerSecond);
    }

    /// A packet left. Probes and acknowledgements are not held back but count, so the bucket may become empty below zero.
    public void onSent(int bytes) {
        tokens -= bytes;
    }

    private void fill(long bytesPerSecond, long now) {
        double bytesPerNano = bytesPerSecond / NANOS_PER_SECOND;
        double capacity = Math.max(leastCapacity, bytesPerNano * BURST_NANOS);
        tokens = started ? Math.min(capacity, tokens + bytesPerNano * (now - filledAt)) : capacity;
        started = true;
        filledAt = now;
    }
}
