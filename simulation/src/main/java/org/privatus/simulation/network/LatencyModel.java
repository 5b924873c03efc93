package org.privatus.simulation.network;

/// One-way latency as a function of two nodes: a pair has one latency for the whole run, the same both ways.
@FunctionalInterface
public interface LatencyModel {
    long oneWayNanos(int from, int to);
}
