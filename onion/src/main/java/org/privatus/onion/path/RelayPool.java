package org.privatus.onion.path;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;

/// The relays that paths are chosen from, with what this node itself has seen of each ({@link Measure}), which outlives
/// their descriptors. Bounded: where it is full, a relay that rests gives way, else the newcomer stays out.
public final class RelayPool {
    private static final long CLOCK_SKEW_MILLIS = TimeUnit.MINUTES.toMillis(10);
    /// A relay answers to its onion key for a week after it has made the next: see {@code OnionKeys}.
    private static final long KEY_GRACE_MILLIS = TimeUnit.DAYS.toMillis(6);

    private static final int CLAIM_PENALTY = 4;
    private static final int MAX_SETTLE = 20;
    private static final int MAX_CAPACITY = 4_096;
    private static final int UPDATES_PER_SURVEY = 32;

    private final int wanted;
    private final int capacity;
    private final long settleNanos;
    private final TreeMap<NodeId, Entry> entries = new TreeMap<>();
    private final TreeMap<NodeId, Measure> measures = new TreeMap<>();
    private long begunAtNanos;
    private long grownAtNanos;
    private int updates;
    private long usualKbits;
    private long usualHopMicros;

    /// @param wanted from so many relays on paths are chosen at once, below it when nothing came for `settleNanos`
    public RelayPool(int wanted, long settleNanos) {
        this.wanted = wanted;
        this.settleNanos = settleNanos;
        this.capacity = Math.max(2 * wanted, MAX_CAPACITY);
    }

    /// One relay.
    final class Entry {
        private final NodeDescriptor descriptor;
        private final PathHop hop;
        private @Nullable Measure measure;

        Entry(NodeDescriptor descriptor) {
            this.descriptor = descriptor;
            this.hop = new PathHop(descriptor.contact(), descriptor.onionKey());
            this.measure = measures.get(descriptor.id());
        }

        NodeId id() {
            return descriptor.id();
        }

        NodeDescriptor descriptor() {
            return descriptor;
        }

        PathHop hop() {
            return hop;
        }

        boolean rests(long nowNanos) {
            return measure != null && measure.rests(nowNanos);
        }

        long restUntilNanos() {
            return measure == null ? Long.MIN_VALUE : measure.restUntilNanos();
        }

        /// Up for half an hour and fast enough, as far as this node has seen.
        boolean isProven() {
            return measure != null && measure.isProven();
        }

        /// Own measurements decide; a claim can only lower.
        int weight() {
            long claimed = descriptor.content().bandwidthKbits();
            boolean claimsSlow = claimed > 0 && claimed < Measure.FAST_KBITS;
            int weight = Measure.WEIGHT_UNKNOWN;
            if (measure != null) {
                long own = measure.kbits();
                long usable = claimed > 0 ? Math.min(own, claimed) : own;
                weight = measure.weight(usable, usualKbits, usualHopMicros);
            }
            return Math.max(1, claimsSlow ? weight / CLAIM_PENALTY : weight);
        }
    }

    /// Adds or renews a verified descriptor. Nodes that do not relay are left out.
    public void learned(NodeDescriptor descriptor, long nowNanos) {
        if (!descriptor.relays()) {
            entries.remove(descriptor.id());
            return;
        }
        @Nullable Entry known = entries.get(descriptor.id());
        if (known == null) {
            if (entries.size() < capacity || dropResting(nowNanos)) {
                begunAtNanos = entries.isEmpty() ? nowNanos : begunAtNanos;
                grownAtNanos = nowNanos;
                entries.put(descriptor.id(), new Entry(descriptor));
            }
        } else if (descriptor.supersedes(known.descriptor)) {
            entries.put(descriptor.id(), new Entry(descriptor));
        }
    }

    /// What was kept of a relay.
    void restore(KeptRelay kept, long nowNanos) {
        measures.put(kept.descriptor().id(), new Measure(kept.measure(), nowNanos));
        learned(kept.descriptor(), nowNanos);
    }

    KeptRelay kept(Entry entry) {
        Measure measure = entry.measure;
        return new KeptRelay(entry.descriptor, (measure == null ? new Measure(0) : measure).kept());
    }

    private boolean dropResting(long nowNanos) {
        Optional<Entry> resting = entries.values().stream()
                .filter(entry -> entry.rests(nowNanos))
                .max(Comparator.comparingLong(Entry::restUntilNanos));
        resting.ifPresent(entry -> entries.remove(entry.id()));
        return resting.isPresent();
    }

    public void lost(NodeId relay) {
        entries.remove(relay);
    }

    /// A circuit could not be extended to this relay. Of many that fail at once, one counts.
    public void failed(NodeId relay, long nowNanos) {
        measure(relay, nowNanos).ifPresent(measure -> measure.failed(nowNanos));
    }

    /// The relay did not want to.
    public void refused(NodeId relay, long nowNanos) {
        measure(relay, nowNanos).ifPresent(measure -> measure.refused(nowNanos));
    }

    /// A circuit of these hops broke, and one of them may be why: each bears its part of the blame, and all but the first
    /// are left alone for a moment. The first is in every circuit, and would else be passed over for what others did.
    public void suspected(List<NodeId> hops, long nowNanos) {
        int part = Measure.UNIT / Math.max(1, hops.size() - 1);
        for (int i = 0; i < hops.size(); i++) {
            boolean rests = i > 0 || hops.size() == 1;
            measure(hops.get(i), nowNanos).ifPresent(measure -> measure.suspected(part, rests, nowNanos));
        }
    }

    /// This relay said that it could not reach another. One that says so of all but its friends chooses the path: that too
    /// counts against it, by half.
    public void reported(NodeId relay, long nowNanos) {
        measure(relay, nowNanos).ifPresent(measure -> measure.suspected(Measure.UNIT / 2, false, nowNanos));
    }

    /// A circuit was extended to this relay.
    ///
    /// @param elapsedNanos from the request to the answer, for each hop that it passed
    public void succeeded(NodeId relay, long elapsedNanos, long nowNanos) {
        measure(relay, nowNanos).ifPresent(measure -> measure.worked(elapsedNanos, nowNanos));
    }

    /// A circuit has carried so much in a second.
    public void carried(List<NodeId> relays, long kbits, long nowNanos) {
        relays.forEach(relay -> measure(relay, nowNanos).ifPresent(measure -> measure.carried(kbits)));
    }

    /// A probe through these relays was so fast.
    public void probed(List<NodeId> relays, long kbits, long nowNanos) {
        relays.forEach(relay -> measure(relay, nowNanos).ifPresent(measure -> measure.probed(kbits)));
    }

    /// Of relays in the pool; a gateway that somebody named is not measured.
    private Optional<Measure> measure(NodeId relay, long nowNanos) {
        @Nullable Entry entry = entries.get(relay);
        if (entry == null) {
            return Optional.empty();
        }
        Measure measure = entry.measure;
        if (measure == null) {
            forgetOldMeasures();
            measure = new Measure(nowNanos);
            entry.measure = measure;
            measures.put(relay, measure);
        }
        updates++;
        return Optional.of(measure);
    }

    private void forgetOldMeasures() {
        if (measures.size() >= capacity) {
            measures.entrySet().stream()
                    .filter(each -> !entries.containsKey(each.getKey()))
                    .min(Comparator.comparingLong(each -> each.getValue().agedAtNanos()))
                    .ifPresent(oldest -> measures.remove(oldest.getKey()));
        }
    }

    /// What is usual among the relays measured: of speed and of time the median.
    private void survey() {
        if (updates >= UPDATES_PER_SURVEY) {
            updates = 0;
            usualKbits = median(Measure::kbits);
            usualHopMicros = median(Measure::hopMicros);
        }
    }

    private long median(ToLongFunction<Measure> figure) {
        long[] figures = measures.values().stream()
                .mapToLong(figure)
                .filter(each -> each > 0)
                .toArray();
        Arrays.sort(figures);
        return figures.length == 0 ? 0 : figures[figures.length / 2];
    }

    /// When paths may be chosen: now, if there are enough relays; else once no more have come for a while, or, where they
    /// trickle in, after twenty such whiles.
    public long readyAtNanos(long nowNanos) {
        if (entries.size() >= wanted) {
            return nowNanos;
        }
        return Math.min(grownAtNanos + settleNanos, begunAtNanos + MAX_SETTLE * settleNanos);
    }

    public int size() {
        return entries.size();
    }

    Optional<Entry> find(NodeId relay) {
        return Optional.ofNullable(entries.get(relay));
    }

    /// One whose descriptor may have ended some days ago: its onion key still serves. For hops that stay.
    Optional<Entry> dialable(NodeId relay, long epochMillis) {
        return find(relay).filter(entry -> entry.descriptor.isValidAt(epochMillis, KEY_GRACE_MILLIS));
    }

    /// Those whose descriptors are valid, in the order of their ids.
    List<Entry> valid(long epochMillis) {
        survey();
        return entries.values().stream()
                .filter(entry -> entry.descriptor.isValidAt(epochMillis, CLOCK_SKEW_MILLIS))
                .toList();
    }
}
