package org.privatus.onion.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.path.RelayPool.Entry;

/// A few hops that stay: whoever runs relays is one of them with a probability that is drawn once, not anew for every
/// circuit (after Tor's guard-spec).
///
/// Those drawn stay in order: first those that a circuit began with, as they came to it, then the others. Of the first
/// few that have a descriptor one is taken that does not rest. Where all of them rest, or do not fit, the next in order
/// is, and another is drawn only when none is left, up to a bound: whoever makes guards fail, or names them as gateways,
/// brings a node to no more than so many. A guard that failed keeps its place, and is taken again when its rest is over.
/// It leaves when its time is up, or when for weeks nobody had a descriptor of it.
final class Guards {
    private static final long UNLISTED_MILLIS = TimeUnit.DAYS.toMillis(20);
    private static final int UNLISTED_PER_LISTED = 2;
    private static final int DATE_BLUR = 10;

    private final Policy policy;
    private final RelayPool pool;
    private final BiPredicate<Entry, Entry> conflict;
    private final Predicate<Entry> unwanted;
    private final RandomGenerator behaviour;
    private final List<Guard> order = new ArrayList<>();
    private boolean changed;

    /// How many, and for how long.
    ///
    /// @param wanted that are used, as long as they work
    /// @param most that are tried
    record Policy(int wanted, int most, long shortestMillis, long longestMillis) {}

    private static final class Guard {
        private final NodeId relay;
        private final long since;
        private final long until;
        private long confirmed;
        private long unlisted;

        Guard(NodeId relay, long since, long until) {
            this.relay = relay;
            this.since = since;
            this.until = until;
        }

        KeptGuard kept() {
            return new KeptGuard(relay, since, until, confirmed, unlisted);
        }
    }

    /// @param conflict of which there are no two
    /// @param unwanted drawn only where there are no others
    Guards(
            Policy policy,
            RelayPool pool,
            BiPredicate<Entry, Entry> conflict,
            Predicate<Entry> unwanted,
            RandomGenerator behaviour) {
        this.policy = policy;
        this.pool = pool;
        this.conflict = conflict;
        this.unwanted = unwanted;
        this.behaviour = behaviour;
    }

    List<KeptGuard> kept() {
        return order.stream().map(Guard::kept).toList();
    }

    /// Those that are used at present, as long as they work.
    List<NodeId> ids(long epochMillis) {
        return listed(epochMillis).stream().limit(policy.wanted).map(Entry::id).toList();
    }

    boolean contains(NodeId relay) {
        return order.stream().anyMatch(guard -> guard.relay.equals(relay));
    }

    /// Whether anything is to be kept that was not told of yet. Asking answers it.
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    boolean isChanged() {
        return changed;
    }

    /// A newer descriptor of it came.
    void renewed(NodeId relay) {
        changed |= contains(relay);
    }

    /// What was kept. Dates of a clock that was ahead then are cut to what they can be.
    void restore(List<KeptGuard> guards, long epochMillis) {
        order.clear();
        for (KeptGuard kept : guards) {
            if (!contains(kept.relay()) && order.size() < (1 + UNLISTED_PER_LISTED) * policy.most) {
                long since = Math.min(kept.since(), epochMillis);
                long until = Math.min(kept.until(), epochMillis + policy.longestMillis);
                Guard guard = new Guard(kept.relay(), since, until);
                guard.confirmed = Math.min(kept.confirmed(), epochMillis);
                guard.unlisted = Math.min(kept.unlisted(), epochMillis);
                order.add(guard);
            }
        }
    }

    /// A circuit has begun with it.
    void confirmed(NodeId relay, long epochMillis) {
        for (int i = 0; i < order.size(); i++) {
            Guard guard = order.get(i);
            if (guard.relay.equals(relay) && guard.confirmed == 0) {
                guard.confirmed = epochMillis;
                order.remove(i);
                int place = (int)
                        order.stream().filter(other -> other.confirmed > 0).count();
                order.add(place, guard);
                changed = true;
                return;
            }
        }
    }

    /// The hop to take. Draws such as are missing.
    ///
    /// @param candidates relays with valid descriptors that this node may use
    /// @param fits what the path at hand asks
    Optional<Entry> choose(List<Entry> candidates, Predicate<Entry> fits, long nowNanos, long epochMillis) {
        leave(epochMillis);
        List<Entry> listed = listed(epochMillis);
        while (listed.size() < policy.wanted && draw(candidates, entry -> true, nowNanos, epochMillis)) {
            listed = listed(epochMillis);
        }
        List<Entry> usable = usable(listed.stream().limit(policy.wanted).toList(), fits, nowNanos);
        if (!usable.isEmpty()) {
            return PathSelector.weighted(usable, behaviour);
        }
        usable = usable(listed, fits, nowNanos);
        if (usable.isEmpty() && draw(candidates, fits, nowNanos, epochMillis)) {
            usable = usable(listed(epochMillis), fits, nowNanos);
        }
        return usable.stream().findFirst().or(() -> soonestRested(epochMillis, fits));
    }

    private static List<Entry> usable(List<Entry> listed, Predicate<Entry> fits, long nowNanos) {
        return listed.stream()
                .filter(entry -> !entry.rests(nowNanos) && fits.test(entry))
                .toList();
    }

    private Optional<Entry> soonestRested(long epochMillis, Predicate<Entry> fits) {
        return listed(epochMillis).stream().filter(fits).min(Comparator.comparingLong(Entry::restUntilNanos));
    }

    /// Guards that are known well enough to be dialled, in their order.
    private List<Entry> listed(long epochMillis) {
        return order.stream()
                .flatMap(guard -> pool.dialable(guard.relay, epochMillis).stream())
                .toList();
    }

    private boolean draw(List<Entry> candidates, Predicate<Entry> fits, long nowNanos, long epochMillis) {
        List<Entry> listed = listed(epochMillis);
        if (listed.size() >= policy.most) {
            return false;
        }
        List<Entry> fresh = candidates.stream()
                .filter(entry -> !contains(entry.id()) && !entry.rests(nowNanos) && fits.test(entry))
                .filter(entry -> listed.stream().noneMatch(other -> conflict.test(entry, other)))
                .toList();
        Optional<Entry> drawn = PathSelector.weighted(
                        fresh.stream().filter(unwanted.negate()).toList(), behaviour)
                .or(() -> PathSelector.weighted(fresh, behaviour));
        drawn.ifPresent(entry -> add(entry.id(), epochMillis));
        return drawn.isPresent();
    }

    private void add(NodeId relay, long epochMillis) {
        long lifetime = behaviour.nextLong(policy.shortestMillis, policy.longestMillis + 1);
        long since = Math.max(0, epochMillis - behaviour.nextLong(1 + policy.shortestMillis / DATE_BLUR));
        order.add(new Guard(relay, since, since + lifetime));
        changed = true;
    }

    private void leave(long epochMillis) {
        for (Guard guard : order) {
            boolean listed = pool.dialable(guard.relay, epochMillis).isPresent();
            if (listed == (guard.unlisted > 0)) {
                guard.unlisted = listed ? 0 : epochMillis;
                changed = true;
            }
        }
        changed |= order.removeIf(guard ->
                guard.until <= epochMillis || (guard.unlisted > 0 && guard.unlisted + UNLISTED_MILLIS <= epochMillis));
        while (order.stream().filter(guard -> guard.unlisted > 0).count() > (long) UNLISTED_PER_LISTED * policy.most) {
            forgetLongestUnlisted();
        }
    }

    private void forgetLongestUnlisted() {
        order.stream()
                .filter(guard -> guard.unlisted > 0)
                .min(Comparator.comparingLong(guard -> guard.unlisted))
                .ifPresent(order::remove);
        changed = true;
    }
}
