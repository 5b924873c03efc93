package org.privatus.dht;

import java.util.List;

/// A picture of the DHT for status and metrics. No key, id or address is in it.
///
/// @param buckets contacts per bucket, farthest bucket first
/// @param demoted contacts that left their last request unanswered
/// @param waiting proven contacts without a place
/// @param estimatedNodes size of the network, from how dense the ids nearest to this node are; rough
/// @param joined whether a join has succeeded, or others have joined through this node
/// @param holders nodes that confirmed to hold this node's own descriptor
/// @param operations searches and puts in progress
/// @param requestsOpen requests whose answer is awaited
/// @param strangerRttNanos 90th percentile of recent round trips; 0 = too few
public record DhtView(
        List<Integer> buckets,
        int contacts,
        int demoted,
        int waiting,
        long estimatedNodes,
        boolean joined,
        int holders,
        int records,
        long recordBytes,
        int poolSize,
        int poolWanted,
        int operations,
        int requestsOpen,
        long strangerRttNanos,
        Counters counters) {
    public DhtView {
        buckets = List.copyOf(buckets);
    }

    /// Events since the start.
    ///
    /// @param asked requests sent
    /// @param answered their answers
    /// @param stalled requests that took longer than expected
    /// @param givenUp requests without an answer
    /// @param late answers that came after their request was given up or over
    /// @param served requests of others answered
    /// @param malformed bytes of others that could not be read, or made no sense; dropped
    /// @param refused requests to store that were turned away
    /// @param lookups of searches and puts that ended and had asked somebody
    /// @param lookupRequests what those lookups asked, together
    /// @param lookupDepth their depths, together
    public record Counters(
            long asked,
            long answered,
            long stalled,
            long givenUp,
            long late,
            long served,
            long malformed,
            long refused,
            long lookups,
            long lookupRequests,
            long lookupDepth) {}
}
