package org.privatus.onion.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.onion.GuardSettings;
import org.privatus.onion.path.RelayPool.Entry;

/// Chooses paths from the pool, by these rules: no relay twice, by id or by key, never this node, never a node known to be
/// a correspondent's, no two relays of one family or address group (/16 of IPv4, /32 of IPv6; in a laboratory private
/// addresses do not count), the first hop one of a few guards that stay, and so the second where others come in. Within
/// the rules a relay is drawn by what this node has measured of it.
///
/// A family is a number that two relays both state. Whoever states another's keeps paths from having both, and gains
/// nothing: one relay states one family, so it cannot keep the many away from a path it is in.
///
/// Relays that rest after failures are taken only where no path exists without them. The other rules never bend.
public final class PathSelector {
    private static final int TRIES = 24;
    private static final int PROVEN_CHOICE = 16;
    private static final int UNPROVEN_PART = 4;
    private static final int MAX_CORRESPONDENTS = 4_096;
    private static final int SECOND_SPARE = 2;
    private static final int SECOND_SPREAD = 6;
    private static final int HOPS_WITH_SECOND = 3;

    private final RelayPool pool;
    private final Guards first;
    private final Guards second;
    private final RandomGenerator behaviour;
    private final boolean laboratory;
    private final TreeSet<NodeId> correspondents = new TreeSet<>();
    private Contact self;
    private boolean changed;

    public PathSelector(
            RelayPool pool, GuardSettings settings, boolean laboratory, Contact self, RandomGenerator behaviour) {
        this.pool = pool;
        this.laboratory = laboratory;
        this.self = self;
        this.behaviour = behaviour;
        this.first = new Guards(firstPolicy(settings), pool, this::conflict, entry -> false, behaviour);
        this.second = new Guards(
                secondPolicy(settings), pool, this::conflict, entry -> first.contains(entry.id()), behaviour);
    }

    private static Guards.Policy firstPolicy(GuardSettings settings) {
        long longest = settings.lifetime().toMillis();
        return new Guards.Policy(settings.first(), settings.most(), longest / 2, longest);
    }

    /// They change in hours to days, so that finding one out does not lead to the first hop in the time it takes.
    private static Guards.Policy secondPolicy(GuardSettings settings) {
        long longest = settings.secondLifetime().toMillis();
        int most = SECOND_SPARE * settings.second();
        return new Guards.Policy(
                settings.second(), most, Math.max(longest / SECOND_SPREAD, TimeUnit.HOURS.toMillis(1)), longest);
    }

    public void selfChanged(Contact self) {
        this.self = self;
    }

    /// This node is known to be a correspondent's: no path goes through it any more.
    public void correspondentAt(NodeId node) {
        if (correspondents.size() < MAX_CORRESPONDENTS) {
            correspondents.add(node);
        }
    }

    /// First hops that circuits begin with, in their order.
    public List<NodeId> guards(long epochMillis) {
        return first.ids(epochMillis);
    }

    /// Second hops of circuits through which others come in.
    public List<NodeId> secondGuards(long epochMillis) {
        return second.ids(epochMillis);
    }

    /// Whether the relay is one that stays: nobody else is asked to forget it when it fails.
    public boolean isGuard(NodeId relay) {
        return first.contains(relay) || second.contains(relay);
    }

    /// A newer descriptor of this relay came.
    public void renewed(NodeId relay) {
        first.renewed(relay);
        second.renewed(relay);
    }

    /// Something worth keeping was measured.
    public void markMemoryChanged() {
        changed = true;
    }

    /// Whether {@link #takeMemory} would bring something.
    public boolean isMemoryChanged() {
        return changed || first.isChanged() || second.isChanged();
    }

    /// What is worth keeping over restarts, once something of it has changed since it was last asked for.
    public Optional<PathMemory> takeMemory(long epochMillis) {
        boolean any = changed;
        changed = false;
        any |= first.takeChanged();
        any |= second.takeChanged();
        return any ? Optional.of(memory(epochMillis)) : Optional.empty();
    }

    private PathMemory memory(long epochMillis) {
        List<KeptGuard> firstKept = first.kept();
        List<KeptGuard> secondKept = second.kept();
        Stream<Entry> guards = Stream.concat(firstKept.stream(), secondKept.stream())
                .flatMap(guard -> pool.find(guard.relay()).stream());
        Stream<Entry> others = pool.valid(epochMillis).stream()
                .sorted(Comparator.comparing(Entry::isProven).reversed());
        List<KeptRelay> relays = Stream.concat(guards, others)
                .distinct()
                .limit(PathMemory.MAX_RELAYS)
                .map(pool::kept)
                .toList();
        return new PathMemory(firstKept, secondKept, relays);
    }

    /// What was kept.
    public void restore(PathMemory memory, long nowNanos, long epochMillis) {
        memory.relays().forEach(relay -> pool.restore(relay, nowNanos));
        first.restore(memory.first(), epochMillis);
        second.restore(memory.second(), epochMillis);
    }

    /// A circuit has been extended to this relay, as its hop of this number from 0 on.
    public void worked(NodeId relay, int place, long epochMillis) {
        if (place == 0) {
            first.confirmed(relay, epochMillis);
        } else if (place == 1) {
            second.confirmed(relay, epochMillis);
        }
    }

    /// Whether a path that exists fits this wish.
    public boolean fits(List<PathHop> path, PathWish wish) {
        if (path.size() != wish.hops()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (isBarred(path.get(i).contact(), wish) || (i > 0 && isNear(path.get(i), wish))) {
                return false;
            }
        }
        boolean secondStays = !usesSecond(wish) || second.contains(path.get(1).id());
        return secondStays
                && !wish.avoidedLast().contains(path.getLast().contact().key());
    }

    private static boolean usesSecond(PathWish wish) {
        return wish.inbound() && wish.hops() >= HOPS_WITH_SECOND;
    }

    /// A path, first hop first; empty if the pool has none that fits.
    public Optional<List<PathHop>> select(PathWish wish, long nowNanos, long epochMillis) {
        List<Entry> usable = pool.valid(epochMillis).stream()
                .filter(entry -> !isBarred(entry.hop().contact(), wish))
                .toList();
        List<Entry> rested =
                usable.stream().filter(entry -> !entry.rests(nowNanos)).toList();
        return draw(wish, rested, nowNanos, epochMillis).or(() -> draw(wish, usable, nowNanos, epochMillis));
    }

    private boolean isBarred(Contact relay, PathWish wish) {
        NodeKey key = relay.key();
        return key.equals(self.key())
                || correspondents.contains(relay.id())
                || wish.avoided().contains(key)
                || wish.beyond().stream().anyMatch(gateway -> gateway.key().equals(key));
    }

    private boolean isNear(PathHop hop, PathWish wish) {
        return wish.beyond().stream()
                .anyMatch(gateway -> sameGroup(gateway.endpoint(), hop.contact().endpoint()));
    }

    private Optional<List<PathHop>> draw(PathWish wish, List<Entry> from, long nowNanos, long epochMillis) {
        for (int i = 0; i < TRIES && from.size() + 1 >= wish.hops(); i++) {
            List<Entry> path = attempt(wish, from, nowNanos, epochMillis);
            if (path.size() == wish.hops()) {
                return Optional.of(path.stream().map(Entry::hop).toList());
            }
        }
        return Optional.empty();
    }

    /// First hop, then the second where it is one that stays, then the last, then those between: what has the most to
    /// ask comes first.
    private List<Entry> attempt(PathWish wish, List<Entry> from, long nowNanos, long epochMillis) {
        List<Entry> chosen = new ArrayList<>(wish.hops());
        first.choose(from, entry -> !isBarred(entry.hop().contact(), wish), nowNanos, epochMillis)
                .ifPresent(chosen::add);
        if (usesSecond(wish)) {
            second.choose(from, entry -> fitsBehind(entry, chosen, wish), nowNanos, epochMillis)
                    .ifPresent(chosen::add);
        }
        int stay = usesSecond(wish) ? 2 : 1;
        Optional<Entry> last = pick(
                from,
                chosen,
                wish,
                entry -> !wish.avoidedLast().contains(entry.hop().contact().key()));
        if (chosen.size() < stay || last.isEmpty()) {
            return new ArrayList<>();
        }
        chosen.add(last.get());
        while (chosen.size() < wish.hops()) {
            Optional<Entry> middle = pick(from, chosen, wish, entry -> true);
            if (middle.isEmpty()) {
                return new ArrayList<>();
            }
            chosen.add(chosen.size() - 1, middle.get());
        }
        return chosen;
    }

    private Optional<Entry> pick(List<Entry> from, List<Entry> chosen, PathWish wish, Predicate<Entry> condition) {
        List<Entry> fitting = from.stream()
                .filter(condition)
                .filter(entry -> fitsBehind(entry, chosen, wish))
                .toList();
        return weighted(fitting, behaviour);
    }

    private boolean fitsBehind(Entry entry, List<Entry> chosen, PathWish wish) {
        return !isBarred(entry.hop().contact(), wish)
                && !isNear(entry.hop(), wish)
                && chosen.stream().noneMatch(other -> conflict(entry, other));
    }

    /// One of them, by weight. Once there is a choice of relays that have proven themselves, the others together get no
    /// more than a part: they must be tried to be known, and who brings many new ones shall gain little by it.
    static Optional<Entry> weighted(List<Entry> entries, RandomGenerator behaviour) {
        List<Entry> proven = entries.stream().filter(Entry::isProven).toList();
        if (proven.size() < PROVEN_CHOICE || proven.size() == entries.size()) {
            return drawn(entries, behaviour);
        }
        List<Entry> others = entries.stream().filter(entry -> !entry.isProven()).toList();
        boolean bounded = (UNPROVEN_PART - 1) * total(others) > total(proven);
        if (!bounded) {
            return drawn(entries, behaviour);
        }
        return drawn(behaviour.nextInt(UNPROVEN_PART) == 0 ? others : proven, behaviour);
    }

    private static long total(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::weight).sum();
    }

    private static Optional<Entry> drawn(List<Entry> entries, RandomGenerator behaviour) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        long at = behaviour.nextLong(total(entries));
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
        NodeDescriptor one = a.descriptor();
        NodeDescriptor other = b.descriptor();
        long family = one.content().family();
        return one.id().equals(other.id())
                || one.key().equals(other.key())
                || (family != 0 && family == other.content().family())
                || one.endpoints().stream()
                        .anyMatch(here -> other.endpoints().stream().anyMatch(there -> sameGroup(here, there)));
    }

    private boolean sameGroup(Endpoint one, Endpoint other) {
        boolean counts = !laboratory || !one.isPrivate() || !other.isPrivate();
        return counts && one.isIpv4() == other.isIpv4() && one.wideGroup() == other.wideGroup();
    }
}
