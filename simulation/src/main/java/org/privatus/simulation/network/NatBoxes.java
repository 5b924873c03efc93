package org.privatus.simulation.network;

import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.random.Mix;

/// The NAT boxes of a shard's nodes. A box is made with the first datagram that leaves it, and stays when its node is killed: it is
/// another machine.
final class NatBoxes {
    private final NatMix.Dealt dealt;
    private final long key;
    private final int first;
    private final @Nullable NatBox[] boxes;
    private long filtered;
    private long refused;

    NatBoxes(NatMix mix, long seed, int first, int nodes) {
        this.dealt = mix.dealt(seed);
        this.key = Mix.of(seed, Mix.of("nat boxes"));
        this.first = first;
        this.boxes = new @Nullable NatBox[nodes];
    }

    boolean isOpen(int node) {
        return dealt.isOpen(node);
    }

    /// The outer port of a datagram of `node`, or [NatBox#REFUSED].
    int outward(int node, int innerPort, Endpoint to, boolean toItself, long nowNanos) {
        NatKind kind = dealt.kindOf(node);
        if (kind.isOpen()) {
            return innerPort;
        }
        int port = NatBox.REFUSED;
        if (!kind.isBlocked() && (kind.hairpin() || !toItself) && to.isIpv4()) {
            NatBox box = boxes[node - first];
            if (box == null) {
                box = new NatBox(kind, Mix.of(key, node));
                boxes[node - first] = box;
            }
            port = box.outward(innerPort, remote(to), nowNanos);
        }
        refused += port == NatBox.REFUSED ? 1 : 0;
        return port;
    }

    /// The inner port for a datagram that came to `node`'s public address, or [NatBox#REFUSED].
    int inward(int node, int outerPort, Endpoint from, long nowNanos) {
        if (dealt.isOpen(node)) {
            return outerPort;
        }
        NatBox box = boxes[node - first];
        int port = box == null ? NatBox.REFUSED : box.inward(outerPort, remote(from), nowNanos);
        filtered += port == NatBox.REFUSED ? 1 : 0;
        return port;
    }

    NatStatistics statistics() {
        long mapped = 0;
        for (NatBox box : boxes) {
            mapped += box == null ? 0 : box.allocations();
        }
        return new NatStatistics(mapped, filtered, refused);
    }

    private static long remote(Endpoint endpoint) {
        return (endpoint.ipv4Address() & 0xffff_ffffL) << Short.SIZE | endpoint.port();
    }
}
