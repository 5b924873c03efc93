package org.privatus.simulation.results;

import java.util.List;
import java.util.OptionalLong;

/// What a run took on its machines. No two runs have the same.
///
/// @param wallSeconds of the run, without the set-up
/// @param setupSeconds CPU time until the first event, of the shard that took most
/// @param heapBytesPerNode live heap of the whole process at the end, after a collection, divided by the number of nodes; empty for
///     a run over several processes
/// @param shards in their order
public record RunCosts(double wallSeconds, double setupSeconds, OptionalLong heapBytesPerNode, List<OfShard> shards) {
    public RunCosts {
        shards = List.copyOf(shards);
    }

    /// CPU time of one shard's thread; the collector's threads are not in it.
    ///
    /// @param setupSeconds CPU time until the first event
    /// @param cpuSeconds CPU time from the first event to the last
    /// @param blockedSeconds wall time in which it waited for others
    /// @param datagrams sent to other shards
    public record OfShard(
            int shard, double setupSeconds, double cpuSeconds, double blockedSeconds, long events, long datagrams) {}

    /// Of all shards together.
    public double cpuSeconds() {
        return shards.stream().mapToDouble(OfShard::cpuSeconds).sum();
    }

    public double busiestCpuSeconds() {
        return shards.stream().mapToDouble(OfShard::cpuSeconds).max().orElse(0);
    }
}
