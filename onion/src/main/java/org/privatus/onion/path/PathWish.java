package org.privatus.onion.path;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeKey;

/// What one circuit asks of its path, beyond the rules for all. Relays are named by their keys: one key may come with
/// several ids.
///
/// @param inbound whether others come in through it: its second hop is one that stays
/// @param avoided that may be no hop of it
/// @param avoidedLast that may not be its last hop
/// @param beyond hops that it may be extended to: no hop of it, and none but the first in their address groups. The
///     first is left out of that, because whoever names gateways could otherwise choose among guards.
public record PathWish(
        int hops, boolean inbound, SortedSet<NodeKey> avoided, SortedSet<NodeKey> avoidedLast, List<Contact> beyond) {
    public PathWish {
        avoided = Collections.unmodifiableSortedSet(new TreeSet<>(avoided));
        avoidedLast = Collections.unmodifiableSortedSet(new TreeSet<>(avoidedLast));
        beyond = List.copyOf(beyond);
    }

    public static PathWish of(int hops) {
        return new PathWish(hops, false, new TreeSet<>(), new TreeSet<>(), List.of());
    }

    public PathWish forInbound() {
        return new PathWish(hops, true, avoided, avoidedLast, beyond);
    }

    public PathWish avoiding(SortedSet<NodeKey> keys) {
        return new PathWish(hops, inbound, keys, avoidedLast, beyond);
    }

    public PathWish avoidingLast(SortedSet<NodeKey> keys) {
        return new PathWish(hops, inbound, avoided, keys, beyond);
    }

    public PathWish towards(List<Contact> gateways) {
        return new PathWish(hops, inbound, avoided, avoidedLast, gateways);
    }
}
