package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

    /// Makes room for one more link, which carries no channels yet, by closing the one of its kind that was unused for longest; where there are too many
    /// links of all kinds, the one without channels that was. False if there is none such.
    boolean makeRoom() {
        if (byPeer.size() >= context.settings.linkLimit()) {
            return closeLeastRecentlyUsed(Link::isIdle);
        }
        if (isSurplus(context.settings.idleLinkLimit() - 1, LinkTable::isIdleForQuestions)) {
            closeLeastRecentlyUsed(LinkTable::isIdleForQuestions);
        }
        return true;
    }

    /// A link does not carry channels any more: of those that did, too, the one unused for longest goes if they are too many.
    void onIdle() {
        if (isSurplus(context.settings.idleNamedLinkLimit(), LinkTable::isIdleNamed)) {
            closeLeastRecentlyUsed(LinkTable::isIdleNamed);
        }
    }

    /// Links are counted one by one only where all of them together are too many.
    private boolean isSurplus(int limit, Predicate<Link> kind) {
        return byPeer.size() > limit && byPeer.values().stream().filter(kind).count() > limit;
    }

    /// Made for questions and answers alone.
    private static boolean isIdleForQuestions(Link link) {
        return link.isIdle() && !link.hasCarried();
    }

    private static boolean isIdleNamed(Link link) {
        return link.isIdle() && link.hasCarried();
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

    private boolean closeLeastRecentlyUsed(Predicate<Link> kind) {
        Optional<Link> leastUsed =
                byPeer.values().stream().filter(kind).min((a, b) -> Long.compare(a.usedNanos(), b.usedNanos()));
        leastUsed.ifPresent(link -> link.closeForGood(ChannelEnd.LINK_CLOSED));
        return leastUsed.isPresent();
    }
}
