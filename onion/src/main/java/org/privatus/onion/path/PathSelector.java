package org.privatus.onion.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.path.RelayPool.Entry;

/// Chooses paths from the pool, by these rules: no relay twice, never this node, never a node known to be a
/// correspondent's, no two relays of one family or address group (/24 of IPv4, /48 of IPv6; in a laboratory private
/// addresses do not count), the first hop one of a few guards that stay. Within the rules a relay is drawn by what this
/// node has measured of it.
///
/// Relays that rest after failures are taken only where no path exists without them. The other rules never bend.
public final class PathSelector {
    private static final int TRIES = 24;
    private static final int MAX_CORRESPONDENTS = 4_096;

    private final RelayPool pool;
    private final Guards guards;
    private final RandomGenerator behaviour;
    private final boolean laboratory;
    private final TreeSet<NodeId> correspondents = new TreeSet<>();
    private NodeId self;

    public PathSelector(RelayPool pool, int guards, boolean laboratory, NodeId self, RandomGenerator behaviour) {
        this.pool = pool;
        this.guards = new Guards(guards);
        this.laboratory = laboratory;
        this.self = self;
        this.behaviour = behaviour;
    }

    public void selfChanged(NodeId self) {
        this.self = self;
    }

    /// This node is known to be a correspondent's: no path goes through it any more.
    public void correspondentAt(NodeId node) {
        if (correspondents.size() < MAX_CORRESPONDENTS) {
            correspondents.add(node);
        }
    }

    /// The guards, in their order, for keeping.
    public List<NodeId> guards() {
        return guards.ids();
    }

    /// Guards that were kept.
    public void restoreGuards(List<NodeId> kept) {
        guards.restore(kept);
    }

    public void relayLost(NodeId relay) {
        guards.lost(relay);
    }

    public void guardFailed(NodeId guard) {
        guards.failed(guard);
    }

    public void guardWorked(NodeId guard) {
        guards.worked(guard);
    }

    /// Whether a path that exists fits this wish.
    public boolean fits(List<PathHop> path, PathWish wish) {
        boolean avoided = path.stream().anyMatch(hop -> isBarred(hop.id(), wish.avoided()));
        return path.size() == wish.hops()
                && !avoided
                && !wish.avoidedLast().contains(path.getLast().id());
    }

    /// A path, first hop first; empty if the pool has none that fits.
    public Optional<List<PathHop>> select(PathWish wish, long nowNanos, long epochMillis) {
        List<Entry> usable = pool.valid(epochMillis).stream()
                .filter(entry -> !isBarred(entry.id(), wish.avoided()))
                .toList();
        List<Entry> rested =
                usable.stream().filter(entry -> !entry.rests(nowNanos)).toList();
        guards.fill(pool, rested.isEmpty() ? usable : rested, this::conflict, behaviour);
        return draw(wish, rested).or(() -> draw(wish, usable));
    }

    private boolean isBarred(NodeId relay, SortedSet<NodeId> avoided) {
        return relay.equals(self) || correspondents.contains(relay) || avoided.contains(relay);
    }

    private Optional<List<PathHop>> draw(PathWish wish, List<Entry> from) {
        if (from.size() < wish.hops()) {
            return Optional.empty();
        }
        for (int i = 0; i < TRIES; i++) {
            List<Entry> path = attempt(wish, from);
            if (path.size() == wish.hops()) {
                return Optional.of(path.stream().map(Entry::hop).toList());
            }
        }
        return Optional.empty();
    }

    /// First hop, then last, then those between: the ends have the most to ask.
    private List<Entry> attempt(PathWish wish, List<Entry> from) {
        List<Entry> chosen = new ArrayList<>(wish.hops());
        guards.choose(from, behaviour)
                .or(() -> pick(from, chosen, entry -> true))
                .ifPresent(chosen::add);
        Optional<Entry> last = pick(from, chosen, entry -> !wish.avoidedLast().contains(entry.id()));
        if (chosen.isEmpty() || last.isEmpty()) {
            return new ArrayList<>();
        }
        chosen.add(last.get());
        while (chosen.size() < wish.hops()) {
            Optional<Entry> middle = pick(from, chosen, entry -> true);
            if (middle.isEmpty()) {
                return new ArrayList<>();
            }
            chosen.add(chosen.size() - 1, middle.get());
        }
        return chosen;
    }

    private Optional<Entry> pick(List<Entry> from, List<Entry> chosen, Predicate<Entry> condition) {
        List<Entry> fitting = from.stream()
                .filter(condition)
                .filter(entry -> chosen.stream().noneMatch(other -> conflict(entry, other)))
                .toList();
        return weighted(fitting, behaviour);
    }

    static Optional<Entry> weighted(List<Entry> entries, RandomGenerator behaviour) {
        int total = entries.stream().mapToInt(Entry::weight).sum();
        if (total == 0) {
            return Optional.empty();
        }
        int at = behaviour.nextInt(total);
        for (Entry entry : entries) {
            at -= entry.weight();
            if (at < 0) {
                return Optional.of(entry);
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /// Whether the two may not be in one path.
    private boolean conflict(Entry a, Entry b) {
        NodeDescriptor first = a.descriptor();
        NodeDescriptor second = b.descriptor();
        long family = first.content().family();
        return first.id().equals(second.id())
                || (family != 0 && family == second.content().family())
                || first.endpoints().stream()
                        .anyMatch(one -> second.endpoints().stream().anyMatch(other -> sameGroup(one, other)));
    }

    private boolean sameGroup(Endpoint one, Endpoint other) {
        boolean counts = !laboratory || !one.isPrivate() || !other.isPrivate();
        return counts && one.isIpv4() == other.isIpv4() && one.group() == other.group();
    }
}
