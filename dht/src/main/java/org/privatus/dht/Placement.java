package org.privatus.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.DhtOutcome.Effort;
import org.privatus.dht.DhtOutcome.Reason;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.store.DhtRecord;

/// Puts a record where it belongs: a lookup of its target, and beside it its verification; then STORE to the k nearest, on finished links.
///
/// It is over when all have answered or failed; those that merely stall are not waited for once enough hold the record.
final class Placement implements LookupRun.Listener, Asker {
    /// Holders after which stalled ones are not waited for.
    private static final int ENOUGH = 8;

    private final DhtRecord record;
    private final OptionalLong expected;
    private final Requests requests;
    private final LocalHolder local;
    private final ObjLongConsumer<Result> completion;
    private final TreeSet<NodeId> holders = new TreeSet<>();
    private final ArrayList<Request> open = new ArrayList<>();
    private final ArrayList<Request> stalled = new ArrayList<>();
    private Optional<Boolean> genuine = Optional.empty();
    private Optional<Lookup> found = Optional.empty();
    private Optional<Reason> refusal = Optional.empty();
    private long startedNanos;
    private int bucketSize;
    private boolean storing;
    private boolean heldHere;
    private boolean over;

    /// What the lookup came to.
    private record Lookup(List<Contact> nearest, int requests, int depth) {}

    /// @param holders other nodes that hold the record now
    /// @param heldHere this node holds it too
    /// @param refusal why, when nobody holds it
    record Result(TreeSet<NodeId> holders, boolean heldHere, Optional<Reason> refusal, Effort effort) {}

    /// This node as a holder among others.
    @FunctionalInterface
    interface LocalHolder {
        /// Holds the record if this node is one of those it belongs to.
        ///
        /// @param nearest other nodes, nearest to the target first
        boolean holds(DhtRecord record, OptionalLong expected, List<Contact> nearest, long now);
    }

    Placement(
            DhtRecord record,
            OptionalLong expected,
            Requests requests,
            LocalHolder local,
            ObjLongConsumer<Result> completion) {
        this.record = record;
        this.expected = expected;
        this.requests = requests;
        this.local = local;
        this.completion = completion;
    }

    void start(Lookups lookups, Verifier verifier, long now) {
        startedNanos = now;
        bucketSize = lookups.bucketSize();
        verifier.verify(record, this::verified);
        lookups.nodes(record.target(), Request.Manner.EARLY, this, now).start(now);
    }

    /// Starts with a record that this node made itself.
    void startVerified(Lookups lookups, long now) {
        startedNanos = now;
        bucketSize = lookups.bucketSize();
        genuine = Optional.of(true);
        lookups.nodes(record.target(), Request.Manner.EARLY, this, now).start(now);
    }

    private void verified(boolean yes, long now) {
        genuine = Optional.of(yes);
        proceed(now);
    }

    @Override
    public void ended(LookupRun run, boolean timedOut, long now) {
        var lookup = run.lookup();
        found = Optional.of(new Lookup(lookup.closest(), lookup.requests(), lookup.depth()));
        proceed(now);
    }

    private void proceed(long now) {
        if (storing || genuine.isEmpty() || found.isEmpty()) {
            return;
        }
        storing = true;
        if (!genuine.get()) {
            refusal = Optional.of(Reason.INVALID);
            finish(now);
            return;
        }
        List<Contact> nearest = found.get().nearest();
        heldHere = local.holds(record, expected, nearest, now);
        int others = heldHere ? Math.min(nearest.size(), bucketSize - 1) : nearest.size();
        for (Contact contact : nearest.subList(0, others)) {
            boolean itself = contact.id().equals(record.target());
            if (!itself) {
                var store = new DhtRequest.Store(record.value(), expected);
                open.add(requests.ask(this, contact, store, Request.Manner.FINISHED, now));
            }
        }
        settle(now);
    }

    @Override
    public void answered(Request request, DhtAnswer answer, long now) {
        if (!(answer instanceof StoreResult result)) {
            requests.nonsense(request, now);
            return;
        }
        switch (result.status()) {
            case STORED -> holders.add(request.to().id());
            case OUTDATED -> refusal = Optional.of(Reason.OUTDATED);
            case CONFLICT -> refusal = Optional.of(Reason.CONFLICT);
            case FULL, BUSY, INVALID -> {}
        }
        closed(request, now);
    }

    @Override
    public void stalled(Request request, long now) {
        stalled.add(request);
        settle(now);
    }

    @Override
    public void failed(Request request, long now) {
        closed(request, now);
    }

    private void closed(Request request, long now) {
        open.remove(request);
        stalled.remove(request);
        settle(now);
    }

    private void settle(long now) {
        boolean onlyStalled = stalled.size() == open.size() && holders.size() >= ENOUGH;
        if (!over && (open.isEmpty() || onlyStalled)) {
            finish(now);
        }
    }

    private void finish(long now) {
        over = true;
        open.forEach(requests::abandon);
        open.clear();
        int asked = found.map(Lookup::requests).orElse(0);
        int depth = found.map(Lookup::depth).orElse(0);
        Optional<Reason> why = holders.isEmpty() && !heldHere ? refusal : Optional.empty();
        completion.accept(new Result(holders, heldHere, why, new Effort(now - startedNanos, asked, depth)), now);
    }
}
