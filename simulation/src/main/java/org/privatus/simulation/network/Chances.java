package org.privatus.simulation.network;

import org.privatus.simulation.random.Mix;

/// Chance of the network: for each node's n-th datagram four draws that are functions of (seed, node, n) alone. All that is kept
/// per node is n.
final class Chances {
    private static final int DRAWS = 4;

    private final long key;
    private final int first;
    private final long[] datagrams;

    private long at;

    /// @param first the first node of this shard
    Chances(long seed, int first, int nodes) {
        this.key = Mix.of(seed, Mix.of("network"));
        this.first = first;
        this.datagrams = new long[nodes];
    }

    /// Turns to the next datagram of `node`: the draws below are about it until the next call.
    void next(int node) {
        long count = datagrams[node - first]++;
        at = Mix.of(key, node) + Mix.GOLDEN * (DRAWS * count + 1);
    }

    double loss() {
        return draw(0);
    }

    double jitter() {
        return draw(1);
    }

    double hold() {
        return draw(2);
    }

    double twice() {
        return draw(3);
    }

    /// The draw of the rule with this number in the model; it is one of its own, beside the four.
    double rule(int index) {
        return Mix.uniform(Mix.of(at, index));
    }

    /// Uniform from 0 to 1 (excluded).
    private double draw(int which) {
        return Mix.uniform(Mix.mix64(at + Mix.GOLDEN * which));
    }
}
