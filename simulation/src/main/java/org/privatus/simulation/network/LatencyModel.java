package org.privatus.simulation.network;

/// One-way latency as a pure function of two nodes, the same for the whole run and on every shard. Shared by threads.
@FunctionalInterface
public interface LatencyModel {
    long oneWayNanos(int from, int to);

    /// What no two nodes are nearer than: how far shards may run ahead of each other. 0, which allows one shard only, unless a
    /// model knows better.
    default long minimumNanos() {
        return 0;
    }
}
