package org.privatus.simulation.trace;

import java.util.Arrays;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.Trace;
import org.privatus.simulation.random.Mix;

/// The rolling hash of each node's events. The hash of a run is the hash of the nodes' hashes in node order, so it does not
/// depend on how the nodes were spread over loops. What belongs to no node ([EventLoop#WORLD]) stays out of it.
public final class TraceHash implements Trace {
    private final int first;
    private final long[] nodes;
    private long count;

    public TraceHash(int nodes) {
        this(0, nodes);
    }

    /// For the nodes of one shard.
    ///
    /// @param end the node after the last
    public TraceHash(int first, int end) {
        this.first = first;
        this.nodes = new long[end - first];
    }

    @Override
    public void record(int node, long timeNanos, EventKind kind, long detail) {
        if (node != EventLoop.WORLD) {
            nodes[node - first] = roll(nodes[node - first], node, timeNanos, kind, detail);
            count++;
        }
    }

    /// A hash with one more entry.
    static long roll(long hash, int node, long timeNanos, EventKind kind, long detail) {
        return Mix.of(hash, timeNanos) + Mix.of(detail, ((long) node << 8) | kind.code());
    }

    public long ofNode(int node) {
        return nodes[node - first];
    }

    /// The hash of each node, in node order.
    public long[] ofNodes() {
        return nodes.clone();
    }

    public int nodes() {
        return nodes.length;
    }

    /// Entries that the hash stands for.
    public long count() {
        return count;
    }

    /// The hash of the run so far.
    public long value() {
        return of(nodes);
    }

    /// The hash of a run from the hashes of all its nodes, in node order.
    public static long of(long[] nodeHashes) {
        long hash = nodeHashes.length;
        for (long node : nodeHashes) {
            hash = Mix.of(hash, node);
        }
        return hash;
    }

    /// Sixteen hexadecimal digits.
    public static String text(long hash) {
        return "%016x".formatted(hash);
    }

    @Override
    public String toString() {
        return text(value());
    }

    /// The first node whose events differ, or -1.
    public int firstDifference(TraceHash other) {
        return Arrays.mismatch(nodes, other.nodes);
    }
}
