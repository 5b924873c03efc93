package org.privatus.onion.path;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.privatus.crypto.identity.NodeId;

/// What one circuit asks of its path, beyond the rules for all.
///
/// @param avoided nodes that may be no hop of it
/// @param avoidedLast nodes that may not be its last hop
public record PathWish(int hops, SortedSet<NodeId> avoided, SortedSet<NodeId> avoidedLast) {
    public PathWish {
        avoided = Collections.unmodifiableSortedSet(new TreeSet<>(avoided));
        avoidedLast = Collections.unmodifiableSortedSet(new TreeSet<>(avoidedLast));
    }

    public static PathWish of(int hops) {
        return new PathWish(hops, new TreeSet<>(), new TreeSet<>());
    }

    public PathWish avoiding(SortedSet<NodeId> nodes) {
        return new PathWish(hops, nodes, avoidedLast);
    }

    public PathWish avoidingLast(SortedSet<NodeId> nodes) {
        return new PathWish(hops, avoided, nodes);
    }
}
