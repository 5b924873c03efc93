package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.privatus.crypto.identity.NodeKey;

/// All links by peer, one each; sees to it that there are not too many.
final class LinkTable {
    private final LinkContext context;
    private final Map<NodeKey, Link> byPeer = new LinkedHashMap<>();

    LinkTable(LinkContext context) {
        this.context = context;
    }

    Optional<Link> find(NodeKey peer) {
        return Optional.ofNullable(byPeer.get(peer));
    }

    /// Makes room for one more link by closing the one that was unused for longest and has no channels. False if there is none such.
    boolean makeRoom() {
        if (!isFull()) {
            return true;
        }
        Optional<Link> leastUsed = leastRecentlyUsed();
        leastUsed.ifPresent(link -> link.closeForGood(ChannelEnd.LINK_CLOSED));
        return leastUsed.isPresent();
    }

    /// Links are counted one by one only where all of them together are too many to be idle.
    private boolean isFull() {
        int limit = context.settings.idleLinkLimit();
        return byPeer.size() >= context.settings.linkLimit() || (byPeer.size() >= limit && idleCount() >= limit);
    }

    /// There must be no other link to that peer.
    void add(Link link) {
        if (byPeer.putIfAbsent(link.peer().key(), link) != null) {
            throw new IllegalStateException("two links to one peer");
        }
        context.addressees.put(link.localId, link);
        context.counters.linksOpened++;
    }

    /// Takes a link out. Returns false if it was not there.
    boolean remove(Link link) {
        context.addressees.remove(link.localId);
        return byPeer.remove(link.peer().key(), link);
    }

    int size() {
        return byPeer.size();
    }

    int idleCount() {
        return (int) byPeer.values().stream().filter(Link::isIdle).count();
    }

    List<Link> all() {
        return new ArrayList<>(byPeer.values());
    }

    private Optional<Link> leastRecentlyUsed() {
        return byPeer.values().stream().filter(Link::isIdle).min((a, b) -> Long.compare(a.usedNanos(), b.usedNanos()));
    }
}
