package org.privatus.dht;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.settings.PoolSettings;
import org.privatus.dht.store.DhtRecord;

/// Verified descriptors of many nodes, wherever in the id space they are: what paths are chosen from, so that no relay is ever looked up for one.
///
/// Filled by *region queries*: a lookup of a random id, then each node found there is a {@link Subject}. They follow one another while each finds
/// many; then with pauses, which double while none finds anybody new: all there are have been found, or nearly. A full pool asks nothing: it
/// moves when a descriptor nears its end, or is lost. Subjects without a descriptor are left alone for a while.
final class DescriptorPool {
    /// A search that finds more than one new node in so many is followed by the next at once.
    private static final int FERTILE_PARTS = 4;
    /// Below so many descriptors there is hardly a choice of paths, and newcomers are looked for sooner.
    private static final int FEW = 32;
    private static final int REGIONS_DRAWN = 8;
    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_DOUBLINGS = 12;
    private static final int MOST_REGIONS = 256;
    private static final int MOST_ABSENT = 1_024;
    private static final int MOST_SUBJECTS = 512;
    private static final int MOST_KEPT = 128;

    /// Holders that must agree when a descriptor is renewed.
    private static final int RENEWAL_AGREEMENT = 2;

    private static final long ABSENT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long RENEWAL_FLOOR_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PoolSettings settings;

    private final Parts parts;
    private final TreeMap<NodeId, Pooled> pool = new TreeMap<>();
    private final ArrayDeque<Subject> ready = new ArrayDeque<>();
    /// Ready, delayed, or being fetched.
    private final TreeSet<NodeId> subjects = new TreeSet<>();
    /// Where was searched so far.
    private final TreeSet<NodeId> regions = new TreeSet<>();
    /// Nodes without a descriptor, and until when they are left alone.
    private final TreeMap<NodeId, Long> absent = new TreeMap<>();

    /// Held as long as anybody has them.
    private final TreeSet<NodeId> kept = new TreeSet<>();
    /// Of those, which are being looked for, or will be after a pause.
    private final TreeSet<NodeId> sought = new TreeSet<>();

    private Timers.@Nullable Timer nextRegion;
    private long nextRegionNanos;
    private boolean searching;
    private int wanted;
    private int fetching;
    /// Searches in a row that found nobody new.
    private int dry;
    /// Whether the last search found many.
    private boolean fertile = true;

    private static final class Pooled {
        private final DhtRecord.Descriptor record;
        private Timers.@Nullable Timer renewal;

        private Pooled(DhtRecord.Descriptor record) {
            this.record = record;
        }
    }

    DescriptorPool(Parts parts) {
        this.parts = parts;
        this.settings = parts.settings.pool();
    }

    void fill(int descriptors, long now) {
        wanted = descriptors;
        dry = 0;
        fertile = true;
        advance(now);
    }

    /// At most {@link #MOST_KEPT} are held.
    void keep(List<NodeDescriptor> descriptors, long now) {
        kept.clear();
        for (NodeDescriptor descriptor : descriptors.subList(0, Math.min(descriptors.size(), MOST_KEPT))) {
            kept.add(descriptor.id());
            if (!pool.containsKey(descriptor.id())) {
                var record = DhtRecord.Descriptor.of(descriptor);
                parts.verifier().verify(record, (genuine, t) -> checked(record, genuine, t));
            }
        }
    }

    private void checked(DhtRecord.Descriptor record, boolean genuine, long now) {
        if (!genuine || !learn(record, now)) {
            lookFor(record.target(), now);
        }
    }

    /// Looks for one that is to be held, again and again.
    private void lookFor(NodeId id, long now) {
        if (kept.contains(id) && !pool.containsKey(id) && sought.add(id)) {
            search(id, (result, t) -> lookedFor(id, result, t), now);
        }
    }

    private void lookedFor(NodeId id, Search.Result result, long now) {
        learnNewest(result, now);
        long pause = settings.retryMost().toNanos();
        parts.timers.at(now + pause / 2 + parts.behaviour.nextLong(1 + pause / 2), t -> {
            sought.remove(id);
            lookFor(id, t);
        });
    }

    int size() {
        return pool.size();
    }

    int wanted() {
        return wanted;
    }

    private void advance(long now) {
        while (fetching < settings.fetches() && pool.size() + fetching < wanted && !ready.isEmpty()) {
            fetching++;
            ready.remove().fetch(parts.behaviour, now);
        }
        if (pool.size() >= wanted) {
            forgetSubjects();
        }
        if (pool.size() + subjects.size() >= wanted || searching || nextRegion != null) {
            return;
        }
        if (fertile && parts.table.size() > 0) {
            search(now);
        } else {
            searchLater(now);
        }
    }

    /// What is known around them would be old by the time that they are wanted.
    private void forgetSubjects() {
        ready.forEach(subject -> subjects.remove(subject.id()));
        ready.clear();
    }

    private void searchLater(long now) {
        long delay = Math.min(
                soonNanos() << Math.min(dry, MOST_DOUBLINGS),
                settings.retryMost().toNanos());
        searchAt(now + delay + parts.behaviour.nextLong(1 + delay / 4));
    }

    private long soonNanos() {
        return settings.retry().toNanos() / 4;
    }

    private void searchAt(long nanos) {
        nextRegionNanos = nanos;
        nextRegion = parts.timers.at(nanos, t -> {
            nextRegion = null;
            search(t);
        });
    }

    private void search(long now) {
        if (searching || parts.table.size() == 0) {
            return;
        }
        searching = true;
        parts.lookups()
                .nodes(freshRegion(), Request.Manner.EARLY, this::searched, now)
                .start(now);
    }

    /// Of some random ids the one farthest from all regions searched before: still random, and soon everywhere.
    private NodeId freshRegion() {
        NodeId best = randomId();
        for (int i = 1; i < REGIONS_DRAWN; i++) {
            NodeId other = randomId();
            best = nearness(other) < nearness(best) ? other : best;
        }
        if (regions.size() >= MOST_REGIONS) {
            regions.clear();
        }
        regions.add(best);
        return best;
    }

    private NodeId randomId() {
        return NodeId.ofWords(
                parts.behaviour.nextLong(),
                parts.behaviour.nextLong(),
                parts.behaviour.nextLong(),
                parts.behaviour.nextLong());
    }

    /// Leading bits shared with the nearest region searched; that is a neighbour in numerical order.
    private int nearness(NodeId id) {
        NodeId below = regions.floor(id);
        NodeId above = regions.ceiling(id);
        int withBelow = below == null ? 0 : id.commonPrefixLength(below);
        int withAbove = above == null ? 0 : id.commonPrefixLength(above);
        return Math.max(withBelow, withAbove);
    }

    private void searched(LookupRun run, boolean timedOut, long now) {
        searching = false;
        List<Contact> region = run.lookup().closest();
        int fresh = 0;
        for (Contact contact : region) {
            fresh += consider(contact.id(), region, now) ? 1 : 0;
        }
        dry = fresh == 0 ? dry + 1 : 0;
        fertile = fresh * FERTILE_PARTS > region.size();
        advance(now);
    }

    private boolean consider(NodeId id, List<Contact> around, long now) {
        Long leftAloneUntil = absent.get(id);
        boolean leftAlone = leftAloneUntil != null && leftAloneUntil > now;
        if (leftAlone || pool.containsKey(id) || subjects.size() >= MOST_SUBJECTS || !subjects.add(id)) {
            return false;
        }
        absent.remove(id);
        ready.add(new Subject(id, around, parts.requests(), parts.verifier(), this::fetched));
        return true;
    }

    /// A node has entered the routing table. While descriptors are missing, its own is asked for, and the next search need not wait long.
    void newcomer(Contact contact, long now) {
        absent.remove(contact.id());
        if (pool.size() + subjects.size() >= wanted) {
            return;
        }
        long soon = now + (pool.size() < FEW ? soonNanos() : settings.retry().toNanos());
        if (nextRegion != null && nextRegionNanos > soon) {
            nextRegion.cancel();
            searchAt(soon);
        }
        advance(now);
    }

    private void fetched(Subject subject, Optional<DhtRecord.Descriptor> descriptor, long now) {
        fetching--;
        if (descriptor.isPresent() && learn(descriptor.get(), now)) {
            subjects.remove(subject.id());
        } else if (subject.attempts() < MOST_ATTEMPTS) {
            long delay = settings.retry().toNanos() << (subject.attempts() - 1);
            parts.timers.at(now + delay / 2 + parts.behaviour.nextLong(1 + delay / 2), t -> {
                ready.add(subject);
                advance(t);
            });
        } else {
            subjects.remove(subject.id());
            leaveAlone(subject.id(), now);
        }
        advance(now);
    }

    private void leaveAlone(NodeId id, long now) {
        if (absent.size() >= MOST_ABSENT) {
            absent.values().removeIf(until -> until <= now);
        }
        if (absent.size() < MOST_ABSENT) {
            absent.put(id, now + ABSENT_NANOS);
        }
    }

    private boolean learn(DhtRecord.Descriptor record, long now) {
        long lifetime = record.lifetimeNanos(parts.dates.epochMillis(now));
        NodeDescriptor descriptor = record.descriptor();
        if (lifetime <= 0 || !parts.table.acceptable(descriptor.contact().endpoint())) {
            return false;
        }
        Pooled known = pool.get(record.target());
        if (known != null && !record.supersedes(known.record)) {
            return true;
        }
        forget(known);
        var pooled = new Pooled(record);
        pool.put(record.target(), pooled);
        renewLater(pooled, lifetime - lifetime / 5 - parts.behaviour.nextLong(1 + lifetime / 10), now);
        parts.effects.descriptorLearned(descriptor);
        return true;
    }

    private static void forget(@Nullable Pooled pooled) {
        if (pooled != null && pooled.renewal != null) {
            pooled.renewal.cancel();
        }
    }

    private void renewLater(Pooled pooled, long delayNanos, long now) {
        pooled.renewal = parts.timers.at(now + delayNanos, t -> renew(pooled, t));
    }

    private void renew(Pooled pooled, long now) {
        pooled.renewal = null;
        if (pooled.record.lifetimeNanos(parts.dates.epochMillis(now)) <= 0) {
            drop(pooled.record.target(), now);
            return;
        }
        search(pooled.record.target(), (result, t) -> renewed(pooled, result, t), now);
    }

    private void search(NodeId id, ObjLongConsumer<Search.Result> completion, long now) {
        new Search(id, RENEWAL_AGREEMENT, parts.requests(), parts.verifier(), parts.timers, parts.dates, completion)
                .start(parts.lookups(), Optional.empty(), now);
    }

    private void learnNewest(Search.Result result, long now) {
        result.newest().ifPresent(record -> {
            if (record instanceof DhtRecord.Descriptor descriptor) {
                learn(descriptor, now);
            }
        });
    }

    /// Without anything newer the old one serves to its end, and is looked for again halfway there.
    private void renewed(Pooled pooled, Search.Result result, long now) {
        if (pool.get(pooled.record.target()) != pooled) {
            return;
        }
        learnNewest(result, now);
        if (pool.get(pooled.record.target()) == pooled) {
            long left = pooled.record.lifetimeNanos(parts.dates.epochMillis(now));
            renewLater(pooled, left < 2 * RENEWAL_FLOOR_NANOS ? Math.max(0, left) : left / 2, now);
        }
    }

    /// The node does not answer any more, or nobody can build a circuit through it.
    void unreachable(NodeId id, long now) {
        if (pool.containsKey(id) && !kept.contains(id)) {
            leaveAlone(id, now);
            drop(id, now);
        }
    }

    private void drop(NodeId id, long now) {
        forget(pool.remove(id));
        parts.effects.descriptorLost(id);
        lookFor(id, now);
        advance(now);
    }
}
