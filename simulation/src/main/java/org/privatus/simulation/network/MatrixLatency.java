package org.privatus.simulation.network;

import org.privatus.simulation.random.Mix;

/// Latencies from a [LatencyMatrix]: each node stands for one of its hosts, dealt by (seed, node). Nodes on one host are as far from
/// each other as the stated least latency, and so are those of hosts that are nearer.
public final class MatrixLatency implements LatencyModel {
    /// A millisecond, by which shards may then run ahead of each other; of the measured pairs 0.45 % are nearer.
    public static final long LEAST_NANOS = 1_000_000;

    private static final long NANOS_PER_MICRO = 1_000;

    private final LatencyMatrix matrix;
    private final long key;
    private final long leastNanos;

    public MatrixLatency(LatencyMatrix matrix, long seed) {
        this(matrix, seed, LEAST_NANOS);
    }

    /// The latencies of a run.
    ///
    /// @param leastNanos one-way latency between nodes on one host, and the least of all
    public MatrixLatency(LatencyMatrix matrix, long seed, long leastNanos) {
        if (leastNanos < 0) {
            throw new IllegalArgumentException("a least latency of " + leastNanos + " ns");
        }
        this.matrix = matrix;
        this.key = Mix.of(seed, Mix.of("matrix"));
        this.leastNanos = leastNanos;
    }

    @Override
    public long oneWayNanos(int from, int to) {
        int row = rowOf(from);
        int column = rowOf(to);
        return row == column ? leastNanos : Math.max(leastNanos, NANOS_PER_MICRO * matrix.oneWayMicros(row, column));
    }

    @Override
    public long minimumNanos() {
        return leastNanos;
    }

    /// The host that a node stands for.
    int rowOf(int node) {
        return (int) Long.remainderUnsigned(Mix.of(key, node), matrix.rows());
    }
}
