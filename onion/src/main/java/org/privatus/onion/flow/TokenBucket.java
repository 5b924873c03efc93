package org.privatus.onion.flow;

/// Allows `burst` events at once and then one for each interval.
public final class TokenBucket {
    private final int burst;
    private final long intervalNanos;
    private int tokens;
    private long refilledAtNanos;

    public TokenBucket(int burst, long intervalNanos, long nowNanos) {
        this.burst = burst;
        this.intervalNanos = intervalNanos;
        this.tokens = burst;
        this.refilledAtNanos = nowNanos;
    }

    /// Takes a token, if there is one.
    public boolean take(long nowNanos) {
        refill(nowNanos);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    private void refill(long nowNanos) {
        long earned = (nowNanos - refilledAtNanos) / intervalNanos;
        if (tokens + earned >= burst) {
            tokens = burst;
            refilledAtNanos = nowNanos;
        } else if (earned > 0) {
            tokens += (int) earned;
            refilledAtNanos += earned * intervalNanos;
        }
    }
}
