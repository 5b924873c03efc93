package org.privatus.simulation.network;

/// One-way latency as a function of two nodes: a pair has one latency for the whole run, the same both ways.
@FunctionalInterface
public interface LatencyModel {
    long oneWayNanos(int from, int to);

    /// No pair has less. Shards may run ahead of each other by so much; 0 says that nothing is known.
    default long minimumNanos() {
        return 0;
    }
}
