package org.privatus.simulation.shard;

/// What one shard took on its machine. Times are of the shard's own thread: work that the collector's threads did is not in them.
///
/// @param setupNanos CPU time until the first event: world and program made
/// @param cpuNanos CPU time from the first event to the last, exchange included
/// @param blockedNanos wall time in which it waited for other shards
/// @param windows exchanges with the others
/// @param datagrams sent to other shards
public record ShardCost(
        int shard, long setupNanos, long cpuNanos, long blockedNanos, long events, long windows, long datagrams) {}
