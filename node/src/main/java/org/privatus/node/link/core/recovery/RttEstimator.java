package org.privatus.node.link.core.recovery;

/// Estimates a path's round-trip time (RFC 9002 section 5). Nanoseconds throughout.
public final class RttEstimator {
    /// Timer granularity (section 6.1.2): no timer distinguishes less.
    public static final long GRANULARITY_NANOS = 1_000_000;

    /// What is assumed before the first sample (section 6.2.2).
    public static final long INITIAL_NANOS = 333_000_000;

    private long latest;
    private long min;
    private long smoothed = INITIAL_NANOS;
    private long variation = INITIAL_NANOS / 2;
    private boolean sampled;

    /// Takes a sample. `ackDelay` is what the peer says it waited, already limited to what it may wait.
    public void sample(long rtt, long ackDelay) {
        latest = rtt;
        if (!sampled) {
            sampled = true;
            min = rtt;
            smoothed = rtt;
            variation = rtt / 2;
            return;
        }
        min = Math.min(min, rtt);
        long adjusted = rtt >= min + ackDelay ? rtt - ackDelay : rtt;
        variation = (3 * variation + Math.abs(smoothed - adjusted)) / 4;
        smoothed = (7 * smoothed + adjusted) / 8;
    }

    /// Forgets all samples: the path is another one (RFC 9000 section 9.4).
    public void reset() {
        sampled = false;
        latest = 0;
        min = 0;
        smoothed = INITIAL_NANOS;
        variation = INITIAL_NANOS / 2;
    }

    public boolean hasSample() {
        return sampled;
    }

    public long latest() {
        return latest;
    }

    public long min() {
        return min;
    }

    public long smoothed() {
        return smoothed;
    }

    public long variation() {
        return variation;
    }

    /// The probe timeout before any back-off (section 6.2.1).
    public long probeTimeout(long maxAckDelay) {
        return smoothed + Math.max(4 * variation, GRANULARITY_NANOS) + maxAckDelay;
    }

    /// How long a packet may be overtaken before it counts as lost: 9/8 round trips (section 6.1.2).
    public long lossDelay() {
        long base = Math.max(smoothed, latest);
        return Math.max(base + base / 8, GRANULARITY_NANOS);
    }
}
