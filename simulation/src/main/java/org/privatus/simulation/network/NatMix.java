package org.privatus.simulation.network;

import java.util.List;

/// The NAT boxes of a run's nodes, dealt out by weight.
///
/// @param shares empty: every node has a public address, and NAT costs nothing to simulate
/// @param guestsFrom the first of the nodes that are not dealt a box: all from here on have one of the same kind
/// @param guests their kind
public record NatMix(List<Share> shares, int guestsFrom, NatKind guests) {
    public static final NatMix NONE = new NatMix(List.of());

    private static final double BEHIND_NAT = 0.517;

    /// The internet as peer-to-peer networks measured it: a share of 0.517 of nodes behind NAT, and among those kinds in such
    /// proportions that simultaneous opening succeeds for 70 % of their pairs (DCUtR: 70 % ± 7.1 % of 4.4 million attempts). That
    /// figure fixes how many are hard, a fifth; how the easy ones divide into kinds is an assumption.
    public static final NatMix MEASURED = new NatMix(List.of(
            new Share(NatKind.OPEN, 1 - BEHIND_NAT),
            new Share(NatKind.FULL_CONE, BEHIND_NAT * 0.12),
            new Share(NatKind.RESTRICTED, BEHIND_NAT * 0.13),
            new Share(NatKind.PORT_RESTRICTED, BEHIND_NAT * 0.36),
            new Share(NatKind.EIM, BEHIND_NAT * 0.07),
            new Share(NatKind.DOUBLE, BEHIND_NAT * 0.07),
            new Share(NatKind.POISONABLE, BEHIND_NAT * 0.02),
            new Share(NatKind.ADDRESS_DEPENDENT, BEHIND_NAT * 0.04),
            new Share(NatKind.SYMMETRIC, BEHIND_NAT * 0.12),
            new Share(NatKind.SYMMETRIC_SEQUENTIAL, BEHIND_NAT * 0.05),
            new Share(NatKind.BLOCKED, BEHIND_NAT * 0.02)));

    /// All boxes are dealt out.
    public NatMix(List<Share> shares) {
        this(shares, Integer.MAX_VALUE, NatKind.OPEN);
    }

    public NatMix {
        shares = List.copyOf(shares);
        if (!shares.isEmpty()) {
            Weights.require("NAT kinds", weights(shares));
        }
    }

    /// All nodes behind boxes of one kind.
    public static NatMix all(NatKind kind) {
        return new NatMix(List.of(new Share(kind, 1)));
    }

    /// The same, but nodes from `first` on are behind boxes of this kind.
    public NatMix withGuests(int first, NatKind kind) {
        return new NatMix(shares, first, kind);
    }

    public boolean isNone() {
        return shares.isEmpty() && guests.isOpen();
    }

    /// The kinds of a run's nodes: the same on every shard.
    public Dealt dealt(long seed) {
        return new Dealt(this, seed);
    }

    private static double[] weights(List<Share> shares) {
        return shares.stream().mapToDouble(Share::weight).toArray();
    }

    /// A kind and how common it is.
    ///
    /// @param weight how many nodes have it, in proportion to the other kinds
    public record Share(NatKind kind, double weight) {}

    /// Which node has which box.
    public static final class Dealt {
        private final List<Share> shares;
        private final Weights weights;
        private final int guestsFrom;
        private final NatKind guests;

        private Dealt(NatMix mix, long seed) {
            this.guestsFrom = mix.guestsFrom;
            this.guests = mix.guests;
            this.shares = mix.shares.isEmpty() ? List.of(new Share(NatKind.OPEN, 1)) : mix.shares;
            this.weights = new Weights(seed, "nat", weights(shares));
        }

        public NatKind kindOf(int node) {
            return node >= guestsFrom ? guests : shares.get(weights.of(node)).kind();
        }

        /// Whether strangers reach the node whenever they like: it can be dialled, and can relay.
        public boolean isOpen(int node) {
            return kindOf(node).isOpen();
        }
    }
}
