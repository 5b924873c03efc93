package org.privatus.onion.circuit;

import java.time.Duration;
import java.util.Arrays;

/// How long circuits take to be built: learned from the last 200 that were, in bins of 10 ms (after Tor's path-spec,
/// "learning when to give up").
///
/// After the 80 % quantile a circuit is *late*: whoever waits for it gets a second attempt beside it. It is *lost* after
/// the 99 % quantile or twice the other, whichever is longer: what completes in between is measured and used, so that
/// the quantile does not creep towards the fastest relays. When of the last 20 nearly all were lost, the network has
/// changed: all is forgotten, and the limits double.
///
/// Different from there: the quantiles are those of the samples, not of a Pareto distribution fitted to them.
final class BuildTimes {
    private static final int KEPT = 200;
    private static final int ENOUGH = 20;
    private static final int BIN_MILLIS = 10;
    private static final int LATE_LEAST_MILLIS = 500;
    private static final int LOST_LEAST_MILLIS = 2_000;
    private static final int LATE_PERCENT = 80;
    private static final int LOST_PERCENT = 99;
    private static final int RECENT = 20;
    private static final int CHANGED = 18;
    private static final int MAX_DOUBLINGS = 2;

    private final int initialMillis;
    private final short[] bins = new short[KEPT];
    private int recorded;
    /// Whether each of the last was lost, the latest in the lowest bit.
    private int recent;
    private int doublings;

    BuildTimes(Duration initial) {
        this.initialMillis = (int) initial.toMillis();
    }

    /// A circuit was built, late or not.
    void record(long nanos) {
        long bin = nanos / 1_000_000 / BIN_MILLIS;
        bins[recorded++ % KEPT] = (short) Math.min(bin, Short.MAX_VALUE);
        note(0);
    }

    /// A circuit was not built in time.
    void lost() {
        note(1);
        if (Integer.bitCount(recent) >= CHANGED) {
            recorded = 0;
            recent = 0;
            doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
        }
    }

    private void note(int lost) {
        recent = (recent << 1 | lost) & ((1 << RECENT) - 1);
    }

    /// From when on a second attempt is made.
    long lateNanos() {
        return nanos(
                isKnown() ? Math.clamp(quantileMillis(LATE_PERCENT), LATE_LEAST_MILLIS, mostMillis()) : mostMillis());
    }

    /// From when on it is given up.
    long lostNanos() {
        if (!isKnown()) {
            return nanos(mostMillis());
        }
        int longest = Math.max(quantileMillis(LOST_PERCENT), 2 * quantileMillis(LATE_PERCENT));
        return nanos(Math.clamp(longest, LOST_LEAST_MILLIS, Math.max(LOST_LEAST_MILLIS, mostMillis())));
    }

    /// The 80 % quantile; 0 until it is known.
    long quantileNanos() {
        return isKnown() ? nanos(quantileMillis(LATE_PERCENT)) : 0;
    }

    private boolean isKnown() {
        return recorded >= ENOUGH;
    }

    private int mostMillis() {
        return initialMillis << doublings;
    }

    /// The upper end of the bin in which so many per cent have come.
    private int quantileMillis(int percent) {
        short[] sorted = Arrays.copyOf(bins, Math.min(recorded, KEPT));
        Arrays.sort(sorted);
        int place = (sorted.length * percent + 99) / 100 - 1;
        return (sorted[place] + 1) * BIN_MILLIS;
    }

    private static long nanos(int millis) {
        return millis * 1_000_000L;
    }
}
