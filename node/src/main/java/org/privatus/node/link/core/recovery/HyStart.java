package org.privatus.node.link.core.recovery;

/// Finds out when the first slow start has filled the path before it loses anything: HyStart++ (RFC 9406). When round trips grow longer it goes on a
/// quarter as fast ("conservative slow start") for up to {@link #CONSERVATIVE_ROUNDS} rounds, and back to full speed if they become shorter again.
///
/// A round ends when a packet that was sent since it began is acknowledged (section 4.1, with times in place of sequence numbers). Growth in slow
/// start is not limited per acknowledgement (section 4.2's L), because packets are paced.
final class HyStart {
    /// Section 4.3.
    static final long MIN_RTT_THRESHOLD = 4_000_000;

    static final long MAX_RTT_THRESHOLD = 16_000_000;
    static final int MIN_RTT_DIVISOR = 8;
    static final int RTT_SAMPLES = 8;
    static final int CONSERVATIVE_GROWTH_DIVISOR = 4;
    static final int CONSERVATIVE_ROUNDS = 5;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private boolean started;
    private long roundStart;
    private long lastRoundMin = UNKNOWN;
    private long roundMin = UNKNOWN;
    private int samples;

    /// The shortest round trip at the time when growth became slow; unknown during ordinary slow start.
    private long baseline = UNKNOWN;

    private int conservativeRounds;

    void onSent(long now) {
        if (!started) {
            started = true;
            roundStart = now;
        }
    }

    /// A packet sent at `sentNanos`, the newest so far, has arrived.
    void onNewestAcked(long sentNanos, long now) {
        if (sentNanos - roundStart < 0) {
            return;
        }
        roundStart = now;
        lastRoundMin = roundMin;
        roundMin = UNKNOWN;
        samples = 0;
        if (isConservative()) {
            conservativeRounds++;
        }
    }

    /// The sample of the acknowledgement that {@link #onNewestAcked} told of.
    void onRoundTrip(long sample) {
        roundMin = Math.min(roundMin, sample);
        samples++;
        if (samples < RTT_SAMPLES) {
            return;
        }
        if (isConservative()) {
            if (roundMin < baseline) {
                baseline = UNKNOWN;
                conservativeRounds = 0;
            }
        } else if (lastRoundMin != UNKNOWN && roundMin >= lastRoundMin + threshold()) {
            baseline = roundMin;
        }
    }

    boolean isConservative() {
        return baseline != UNKNOWN;
    }

    /// Slow start is over.
    boolean isDone() {
        return conservativeRounds >= CONSERVATIVE_ROUNDS;
    }

    /// By how much the window grows when so many bytes were acknowledged.
    double growth(long bytes) {
        return isConservative() ? (double) bytes / CONSERVATIVE_GROWTH_DIVISOR : bytes;
    }

    private long threshold() {
        return Math.clamp(lastRoundMin / MIN_RTT_DIVISOR, MIN_RTT_THRESHOLD, MAX_RTT_THRESHOLD);
    }
}
