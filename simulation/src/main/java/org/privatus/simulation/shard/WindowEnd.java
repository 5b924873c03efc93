package org.privatus.simulation.shard;

/// What a shard tells the others at the end of a window.
///
/// @param earliestNanos its earliest pending event or datagram that it sends now; `Long.MAX_VALUE` when it has none
/// @param events steps taken so far
/// @param stopWanted someone who follows the run wants it to end
/// @param totals of its program at whole seconds, empty at other times
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WindowEnd(long earliestNanos, long events, boolean stopWanted, long[] totals) {
    private static final long[] NO_TOTALS = {};

    public WindowEnd {
        if (totals.length > Program.TOTALS_MAX) {
            throw new IllegalArgumentException(totals.length + " totals; at most " + Program.TOTALS_MAX);
        }
    }

    static WindowEnd betweenSeconds(long earliestNanos, long events) {
        return new WindowEnd(earliestNanos, events, false, NO_TOTALS);
    }

    /// What two shards say together.
    ///
    /// @throws IllegalStateException if their totals are not equally many: they do not run the same program
    public WindowEnd and(WindowEnd other) {
        if (totals.length != other.totals.length) {
            throw new IllegalStateException("totals differ in number: " + totals.length + ", " + other.totals.length);
        }
        long[] sums = totals.length == 0 ? NO_TOTALS : totals.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.totals[i];
        }
        return new WindowEnd(
                Math.min(earliestNanos, other.earliestNanos),
                events + other.events,
                stopWanted || other.stopWanted,
                sums);
    }
}
