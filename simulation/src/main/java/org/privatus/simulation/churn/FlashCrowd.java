package org.privatus.simulation.churn;

import org.privatus.simulation.random.Mix;

/// Many nodes that all start within a short time, each at a moment of its own.
///
/// @param firstNode of the crowd
/// @param nodes how many: this one and the next
/// @param atNanos when the first may start
/// @param withinNanos when the last has, counted from there
public record FlashCrowd(int firstNode, int nodes, long atNanos, long withinNanos) {
    public FlashCrowd {
        if (firstNode < 0 || nodes < 1 || nodes > Integer.MAX_VALUE - firstNode) {
            throw new IllegalArgumentException("a crowd of " + nodes + " nodes from number " + firstNode);
        }
        if (atNanos < 0 || withinNanos < 1 || withinNanos > Long.MAX_VALUE - atNanos) {
            throw new IllegalArgumentException("a crowd within " + withinNanos + " ns at " + atNanos + " ns");
        }
    }

    public boolean includes(int node) {
        return node >= firstNode && node - firstNode < nodes;
    }

    /// When a node of the crowd starts.
    public long startNanos(long seed, int node) {
        if (!includes(node)) {
            throw new IllegalArgumentException("node " + node + " is not in the crowd");
        }
        long draw = Mix.of(Mix.of(seed, Mix.of("crowd")), node);
        return atNanos + Math.unsignedMultiplyHigh(draw, withinNanos);
    }
}
