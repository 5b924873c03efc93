package org.privatus.onion.splice;

import java.util.List;
import java.util.stream.Stream;
import org.privatus.crypto.identity.NodeId;

/// The relays of a splice, as far as this node chose them or was told: its own hops, and the gateway.
///
/// @param shown in the order of travel from sender to receiver: at the sender its own hops, then the gateway; at the
///     receiver the gateway, then its own hops, outermost first
/// @param gateway the relay where the two circuits meet, one of `shown`
public record SplicePath(List<NodeId> shown, NodeId gateway) {
    public SplicePath {
        shown = List.copyOf(shown);
    }

    /// The sender's side: all hops of its circuit, the last of them the gateway.
    public static SplicePath ofSender(List<NodeId> hops) {
        return new SplicePath(hops, hops.getLast());
    }

    /// The receiver's side: all hops of its circuit, the last of them the gateway.
    public static SplicePath ofReceiver(List<NodeId> hops) {
        return new SplicePath(hops.reversed(), hops.getLast());
    }

    /// The hops without the gateway, in the order of `shown`.
    public List<NodeId> ownHops() {
        return hops().toList();
    }

    private Stream<NodeId> hops() {
        return shown.stream().filter(hop -> !hop.equals(gateway));
    }

    /// Short ids, separated by commas.
    @Override
    public String toString() {
        return String.join(", ", shown.stream().map(NodeId::toString).toList());
    }
}
