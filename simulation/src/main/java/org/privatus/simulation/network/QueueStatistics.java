package org.privatus.simulation.network;

/// What queues of access links did in one direction; those of several shards add up.
///
/// @param passed datagrams that were sent on
/// @param dropped datagrams that found the queue full
/// @param waitedNanos the time all that passed waited for others before them, added up
/// @param longestNanos the longest such wait
public record QueueStatistics(long passed, long dropped, long waitedNanos, long longestNanos) {
    public static final QueueStatistics NONE = new QueueStatistics(0, 0, 0, 0);

    public QueueStatistics plus(QueueStatistics other) {
        return new QueueStatistics(
                passed + other.passed,
                dropped + other.dropped,
                waitedNanos + other.waitedNanos,
                Math.max(longestNanos, other.longestNanos));
    }

    public double meanWaitMillis() {
        return passed == 0 ? 0 : waitedNanos / 1e6 / passed;
    }
}
