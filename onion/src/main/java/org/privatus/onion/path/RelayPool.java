package org.privatus.onion.path;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;

/// The relays that paths are chosen from, with what this node itself has seen of each. Bounded: where it is full, a relay
/// that failed gives way, else the newcomer stays out.
///
/// Failures are only what this node measured: a relay that could not be reached, or did not answer, when a circuit was
/// to be extended to it. Each doubles the time for which the relay is left alone, from 15 s to about an hour.
public final class RelayPool {
    private static final long FIRST_REST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int MAX_FAILURES = 8;
    private static final long CLOCK_SKEW_MILLIS = TimeUnit.MINUTES.toMillis(10);
    /// A relay answers to its onion key for a week after it has made the next: see {@code OnionKeys}.
    private static final long KEY_GRACE_MILLIS = TimeUnit.DAYS.toMillis(6);
    private static final long CLAIM_THAT_LOWERS_KBITS = 1_000;
    private static final int MAX_SETTLE = 20;
    private static final int MAX_CAPACITY = 4_096;

    private final int wanted;
    private final int capacity;
    private final long settleNanos;
    private final TreeMap<NodeId, Entry> entries = new TreeMap<>();
    private long begunAtNanos;
    private long grownAtNanos;

    /// @param wanted from so many relays on paths are chosen at once, below it when nothing came for `settleNanos`
    public RelayPool(int wanted, long settleNanos) {
        this.wanted = wanted;
        this.settleNanos = settleNanos;
        this.capacity = Math.max(2 * wanted, MAX_CAPACITY);
    }

    /// One relay.
    static final class Entry {
        private final NodeDescriptor descriptor;
        private final PathHop hop;
        private int failures;
        private long restUntilNanos = Long.MIN_VALUE;

        Entry(NodeDescriptor descriptor) {
            this.descriptor = descriptor;
            this.hop = new PathHop(descriptor.contact(), descriptor.onionKey());
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
            return restUntilNanos > nowNanos;
        }

        long restUntilNanos() {
            return restUntilNanos;
        }

        /// Own measurements decide; a claim can only lower.
        int weight() {
            long claimed = descriptor.content().bandwidthKbits();
            int weight = claimed > 0 && claimed < CLAIM_THAT_LOWERS_KBITS ? 4 : 16;
            return Math.max(1, weight >> Math.min(failures, 4));
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
            if (entries.size() < capacity || dropWorst()) {
                begunAtNanos = entries.isEmpty() ? nowNanos : begunAtNanos;
                grownAtNanos = nowNanos;
                entries.put(descriptor.id(), new Entry(descriptor));
            }
        } else if (descriptor.supersedes(known.descriptor)) {
            Entry renewed = new Entry(descriptor);
            if (descriptor.onionKey().equals(known.descriptor.onionKey())) {
                renewed.failures = known.failures;
                renewed.restUntilNanos = known.restUntilNanos;
            }
            entries.put(descriptor.id(), renewed);
        }
    }

    private boolean dropWorst() {
        Entry worst = entries.values().iterator().next();
        for (Entry entry : entries.values()) {
            if (entry.failures > worst.failures) {
                worst = entry;
            }
        }
        return worst.failures > 0 && entries.remove(worst.id()) != null;
    }

    public void lost(NodeId relay) {
        entries.remove(relay);
    }

    /// A circuit could not be extended to this relay. Of many that fail at once, one counts.
    public void failed(NodeId relay, long nowNanos) {
        @Nullable Entry entry = entries.get(relay);
        if (entry != null && !entry.rests(nowNanos)) {
            entry.failures = Math.min(entry.failures + 1, MAX_FAILURES);
            entry.restUntilNanos = nowNanos + (FIRST_REST_NANOS << (entry.failures - 1));
        }
    }

    /// A circuit broke, and this relay may be why: it is left alone for a moment, and not blamed.
    public void suspected(NodeId relay, long nowNanos) {
        @Nullable Entry entry = entries.get(relay);
        if (entry != null) {
            entry.restUntilNanos = Math.max(entry.restUntilNanos, nowNanos + FIRST_REST_NANOS);
        }
    }

    /// A circuit was extended to this relay.
    public void succeeded(NodeId relay) {
        @Nullable Entry entry = entries.get(relay);
        if (entry != null) {
            entry.failures = 0;
            entry.restUntilNanos = Long.MIN_VALUE;
        }
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
        return entries.values().stream()
                .filter(entry -> entry.descriptor.isValidAt(epochMillis, CLOCK_SKEW_MILLIS))
                .toList();
    }
}
