package org.privatus.dht.store;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.Value;
import org.privatus.dht.settings.RecordSettings;

/// Mutable records by target, one each: the newest (highest `seq`; of equal ones the greater bytes, so that all decide alike), after BEP 44.
/// Bounded in all and per source.
///
/// Whoever calls {@link #put} has verified the record. {@link #judge} tells beforehand, without that cost, whether there is any point.
/// When full, the farthest from the node's own id goes first (by whole bits), among these the one stored longest ago; a source over its quota
/// loses its own oldest. What has expired is gone for every reader, and removed when somebody looks or the room is needed: there is no timer.
public final class RecordStore {
    private final NodeId self;
    private final RecordSettings settings;
    private final TreeMap<NodeId, Held> records = new TreeMap<>();

    private record Held(
            NodeId target,
            Value value,
            long seq,
            OptionalLong source,
            long storedNanos,
            long expiresNanos,
            long endNanos) {}

    public RecordStore(NodeId self, RecordSettings settings) {
        this.self = self;
        this.settings = settings;
    }

    public Optional<Value> get(NodeId target, long now) {
        return held(target, now).map(Held::value);
    }

    /// The `seq` held under a target.
    public OptionalLong seq(NodeId target, long now) {
        return held(target, now).map(held -> OptionalLong.of(held.seq())).orElseGet(OptionalLong::empty);
    }

    private Optional<Held> held(NodeId target, long now) {
        Held held = records.get(target);
        if (held != null && held.expiresNanos() <= now) {
            records.remove(target);
            held = null;
        }
        return Optional.ofNullable(held);
    }

    /// The answer to a STORE where it needs no verification: refusals, and the very record that is held, which lives on. Otherwise empty.
    public Optional<StoreResult> judge(NodeId target, Value value, long seq, OptionalLong expected, long now) {
        Optional<Held> found = held(target, now);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Held held = found.get();
        if (held.value().equals(value)) {
            records.put(target, renewed(held, now));
            return Optional.of(new StoreResult(Status.STORED, held.seq()));
        }
        if (expected.isPresent() && expected.getAsLong() != held.seq()) {
            return Optional.of(new StoreResult(Status.CONFLICT, held.seq()));
        }
        boolean newer = seq != held.seq() ? seq > held.seq() : value.compareTo(held.value()) > 0;
        return newer ? Optional.empty() : Optional.of(new StoreResult(Status.OUTDATED, held.seq()));
    }

    private Held renewed(Held held, long now) {
        long expires = Math.min(now + settings.expiry().toNanos(), held.endNanos());
        return new Held(
                held.target(), held.value(), held.seq(), held.source(), held.storedNanos(), expires, held.endNanos());
    }

    /// Holds a verified record, if there is any point and room.
    public StoreResult put(Offer offer, long now) {
        Optional<StoreResult> judged = judge(offer.target(), offer.value(), offer.seq(), offer.expected(), now);
        if (judged.isPresent()) {
            return judged.get();
        }
        if (!makeRoom(offer, now)) {
            return new StoreResult(Status.FULL, 0);
        }
        long end = offer.lifetimeNanos() >= Long.MAX_VALUE - now ? Long.MAX_VALUE : now + offer.lifetimeNanos();
        long expires = Math.min(now + settings.expiry().toNanos(), end);
        var held = new Held(offer.target(), offer.value(), offer.seq(), offer.source(), now, expires, end);
        records.put(offer.target(), held);
        return new StoreResult(Status.STORED, offer.seq());
    }

    private boolean makeRoom(Offer offer, long now) {
        if (records.containsKey(offer.target())) {
            return true;
        }
        if (offer.source().isPresent() && countOf(offer.source()) >= settings.perSource()) {
            evict(held -> held.source().equals(offer.source()), Comparator.comparingLong(Held::storedNanos));
        }
        if (records.size() >= settings.capacity()) {
            records.values().removeIf(held -> held.expiresNanos() <= now);
        }
        if (records.size() < settings.capacity()) {
            return true;
        }
        int nearness = self.commonPrefixLength(offer.target());
        return evict(held -> self.commonPrefixLength(held.target()) <= nearness, farthestFirst());
    }

    private Comparator<Held> farthestFirst() {
        return Comparator.<Held>comparingInt(held -> self.commonPrefixLength(held.target()))
                .thenComparingLong(Held::storedNanos);
    }

    /// Ties go to the lower target, which comes first.
    private boolean evict(Predicate<Held> candidates, Comparator<Held> order) {
        Optional<Held> victim = records.values().stream().filter(candidates).min(order);
        victim.ifPresent(held -> records.remove(held.target()));
        return victim.isPresent();
    }

    private long countOf(OptionalLong source) {
        return records.values().stream()
                .filter(held -> held.source().equals(source))
                .count();
    }

    /// Records held, expired ones not yet removed included.
    public int size() {
        return records.size();
    }

    public long bytes() {
        return records.values().stream()
                .mapToLong(held -> held.value().length())
                .sum();
    }
}
