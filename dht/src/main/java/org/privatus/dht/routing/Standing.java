package org.privatus.dht.routing;

/// What was measured about a contact, in the table or among the replacements. Small on purpose: a node has hundreds.
final class Standing {
    private static final int UNMEASURED = -1;
    private static final long NEVER = Long.MIN_VALUE;

    private long heardNanos;
    private long firstFailureNanos = NEVER;
    private int smoothedMicros = UNMEASURED;
    private int deviationMicros;
    private int failures;
    private boolean challenged;

    Standing(long heardNanos) {
        this.heardNanos = heardNanos;
    }

    /// A round trip succeeded; `rttNanos` 0 = not measured. The estimate is RFC 6298's, in microseconds, but its first deviation is a quarter of the
    /// round trip and not half: the first measurement is a handshake, which is an upper bound.
    void heard(long rttNanos, long now) {
        heardNanos = now;
        failures = 0;
        firstFailureNanos = NEVER;
        challenged = false;
        if (rttNanos > 0) {
            measured((int) Math.min(rttNanos / 1_000, Integer.MAX_VALUE / 8));
        }
    }

    private void measured(int micros) {
        if (smoothedMicros == UNMEASURED) {
            smoothedMicros = micros;
            deviationMicros = micros / 4;
            return;
        }
        deviationMicros += (Math.abs(micros - smoothedMicros) - deviationMicros) / 4;
        smoothedMicros += (micros - smoothedMicros) / 8;
    }

    void failed(long now) {
        if (failures == 0) {
            firstFailureNanos = now;
        }
        failures++;
        challenged = false;
    }

    void challenge() {
        challenged = true;
    }

    boolean challenged() {
        return challenged;
    }

    int failures() {
        return failures;
    }

    long firstFailureNanos() {
        return firstFailureNanos;
    }

    long heardNanos() {
        return heardNanos;
    }

    boolean measured() {
        return smoothedMicros != UNMEASURED;
    }

    /// The smoothed round trip; whoever was never measured counts as slowest.
    int smoothedMicros() {
        return measured() ? smoothedMicros : Integer.MAX_VALUE;
    }

    /// Round trip + 4 deviations.
    long patienceNanos() {
        return 1_000L * (smoothedMicros + 4L * deviationMicros);
    }
}
