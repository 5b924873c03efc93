package org.privatus.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.DhtOutcome.Closest;
import org.privatus.dht.DhtOutcome.Effort;
import org.privatus.dht.DhtOutcome.Found;
import org.privatus.dht.DhtOutcome.NotFound;
import org.privatus.dht.DhtOutcome.Reason;
import org.privatus.dht.DhtOutcome.Refused;
import org.privatus.dht.DhtOutcome.Stored;
import org.privatus.dht.DhtOutcome.TimedOut;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.Value;
import org.privatus.dht.routing.Admission;
import org.privatus.dht.routing.Failure;
import org.privatus.dht.settings.TableSettings;
import org.privatus.dht.store.DhtRecord;

/// One node's part in the DHT: whom it knows, what it holds for others, and what it looks for.
///
/// The calling contract, as for every core: inputs are told one after another with the monotonic time `now`, which never runs backwards, and
/// where dates of records matter with the epoch time; effects go to the sink, which never calls back. After each input the caller arms one timer
/// for {@link #deadlineNanos()} and calls {@link #onDeadline} when it is due. A call for something that is over is useless and harmless.
///
/// Everything is bounded: contacts, records, operations, checks, mentions waiting to be dialled.
public final class Kademlia {
    private final Parts parts;
    private long lastOperation;
    private int operations;
    private boolean beginning;

    /// @param network whose puzzle contacts have solved and for which descriptors are signed; in a laboratory local addresses are fine whatever
    ///     the settings say
    /// @param behaviour for random ids and jitter
    public Kademlia(
            DhtSettings settings,
            Contact self,
            NetworkId network,
            CryptoSuite suite,
            RandomGenerator behaviour,
            KademliaEffects effects) {
        boolean local = settings.table().localAddresses() || network.isLaboratory();
        TableSettings table = settings.table().withLocalAddresses(local);
        DhtSettings chosen = table.equals(settings.table()) ? settings : settings.with(table);
        this.parts = new Parts(this, chosen, self.id(), network, suite, behaviour, effects);
    }

    /// Somebody asks. The answer, if there is one, comes by {@link KademliaEffects#answer}, at once or after a job.
    ///
    /// @param asker present on a finished link
    public void requestArrived(
            long handle, Optional<Contact> asker, Endpoint from, byte[] body, long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        parts.responder().respond(handle, asker, from, body, now);
    }

    /// An answer to {@link KademliaEffects#ask}. Useless for requests that are over.
    public void answerArrived(long requestId, byte[] body, long rttNanos, long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        parts.requests().answered(requestId, body, rttNanos, now);
    }

    /// There will be no answer: the link died, or none came about.
    public void requestFailed(long requestId, long now) {
        parts.requests().fail(requestId, now);
    }

    /// A handshake has finished, which proves a peer's key, puzzle and endpoint. A peer that this node dialled is admitted to the table. One that
    /// dialled this node is asked something first: it gets a place when it answers, since it may be no more than a client.
    public void peerVerified(Contact peer, boolean weDialed, long rttNanos, long now) {
        parts.roundTrips.add(rttNanos);
        if (weDialed || parts.table.contains(peer.id())) {
            admit(peer, rttNanos, now);
        } else {
            parts.upkeep().dialBack(peer, now);
        }
    }

    /// A job from {@link KademliaEffects#compute} has run.
    public void computed(Job job, long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        parts.verifier().computed(job, now);
    }

    /// When {@link #onDeadline} wants to be called; `Long.MAX_VALUE`: not until some input.
    public long deadlineNanos() {
        return parts.timers.nextNanos();
    }

    /// Useless before the deadline.
    public void onDeadline(long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        parts.timers.fire(now);
    }

    void admit(Contact proven, long rttNanos, long now) {
        switch (parts.table.admit(proven, rttNanos, now)) {
            case Admission.Added() -> {
                parts.upkeep().arm(now);
                neighbourhoodChanged(now);
                if (parts.hasPool()) {
                    parts.pool().newcomer(proven, now);
                }
            }
            case Admission.Challenge(var doubtful) -> parts.upkeep().ask(doubtful, now);
            case Admission.Known(), Admission.Waiting() -> {}
            case Admission.Refused _ -> {}
        }
    }

    void contactFailed(Failure failure, long now) {
        switch (failure) {
            case Failure.Unknown() -> {}
            case Failure.Demoted(var contact, var recheckNanos) ->
                parts.upkeep().askLater(contact, recheckNanos, now);
            case Failure.Evicted(var contact, var successor) -> {
                relayFailed(contact.id(), now);
                successor.ifPresent(_ -> neighbourhoodChanged(now));
                if (parts.table.size() == 0 && parts.hasJoining()) {
                    parts.joining().isolated(now);
                }
            }
        }
    }

    /// Enters the network through any of `bootstrap`; {@link KademliaEffects#joined} tells how it went. With an empty list there is nobody to
    /// join, and that is reported too.
    public void join(List<Contact> bootstrap, long now) {
        boolean nobody = bootstrap.isEmpty() && parts.table.size() == 0;
        if (nobody && !parts.hasJoining()) {
            joinEnded(0, now);
        } else {
            parts.joining().join(bootstrap, now);
        }
    }

    /// Takes contacts as proven and as heard from now: the table of an earlier life, or the one that a simulation begins with. Whoever has gone
    /// meanwhile is found out as usual. {@link KademliaEffects#joined} follows.
    public void adopt(List<Contact> proven, long now) {
        parts.table.adopt(proven, now);
        parts.upkeep().arm(now);
        joinEnded(parts.table.size(), now);
    }

    void joinEnded(int contacts, long now) {
        parts.effects.joined(contacts);
        neighbourhoodChanged(now);
    }

    private void neighbourhoodChanged(long now) {
        if (parts.hasPublishing()) {
            parts.publishing().neighbourhoodChanged(now);
        }
    }

    /// This node's own descriptor: published now, again every 50 minutes or so, and to newcomers nearby. Empty: not published any more.
    ///
    /// @throws IllegalArgumentException for another node
    public void selfChanged(Contact contact, Optional<NodeDescriptor> own, long now, long epochMillis) {
        boolean same = contact.id().equals(parts.self)
                && own.map(descriptor -> descriptor.id().equals(parts.self)).orElse(true);
        if (!same) {
            throw new IllegalArgumentException("a core serves one node, and this is another: " + contact.id());
        }
        parts.dates.observe(now, epochMillis);
        if (own.isPresent() || parts.hasPublishing()) {
            parts.publishing().publish(own, now);
        }
    }

    /// The nodes nearest to `target`: `Closest`.
    ///
    /// @return the operation that {@link KademliaEffects#operationDone} names later; so for all below
    public long findClosest(NodeId target, long now) {
        return begin(
                now,
                operation -> parts.lookups()
                        .nodes(target, Request.Manner.EARLY, closest(operation, now), now)
                        .start(now));
    }

    private LookupRun.Listener closest(long operation, long startedNanos) {
        return (run, timedOut, now) -> {
            var lookup = run.lookup();
            var effort = new Effort(now - startedNanos, lookup.requests(), lookup.depth());
            done(operation, new Closest(lookup.closest(), !timedOut, effort), now);
        };
    }

    /// The newest signed record under `target`: `Found`, `NotFound` or `TimedOut`. What this node itself holds counts as one holder.
    public long get(NodeId target, long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        return begin(now, operation -> {
            int agreement = parts.settings.records().agreement();
            ObjLongConsumer<Search.Result> completion = (result, t) -> done(operation, outcome(result), t);
            new Search(target, agreement, parts.requests(), parts.verifier(), parts.timers, parts.dates, completion)
                    .start(parts.lookups(), parts.store().get(target, now), now);
        });
    }

    private static DhtOutcome outcome(Search.Result result) {
        if (result.newest().orElse(null) instanceof DhtRecord.Signed signed) {
            return new Found(signed.record(), result.holders(), result.effort());
        }
        return result.timedOut() ? new TimedOut(result.effort()) : new NotFound(result.effort());
    }

    /// Puts a signed record: `Stored`, or `Refused`.
    public long put(byte[] signedRecord, long now, long epochMillis) {
        return put(signedRecord, OptionalLong.empty(), now, epochMillis);
    }

    /// Puts a signed record where none is held, or one with the `expected` seq (compare-and-swap).
    public long put(byte[] signedRecord, OptionalLong expected, long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        return begin(now, operation -> {
            Optional<DhtRecord> record = parse(signedRecord);
            if (record.isEmpty()) {
                done(operation, new Refused(Reason.INVALID, Effort.NONE), now);
                return;
            }
            ObjLongConsumer<Placement.Result> completion = (result, t) -> done(operation, outcome(result), t);
            new Placement(record.get(), expected, parts.requests(), this::holdHere, completion)
                    .start(parts.lookups(), parts.verifier(), now);
        });
    }

    private static Optional<DhtRecord> parse(byte[] signedRecord) {
        if (signedRecord.length > Value.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(DhtRecord.parse(new Value(Value.Kind.SIGNED, signedRecord)));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private static DhtOutcome outcome(Placement.Result result) {
        return result.refusal()
                .<DhtOutcome>map(reason -> new Refused(reason, result.effort()))
                .orElseGet(() -> new Stored(result.holders().size() + (result.heldHere() ? 1 : 0), result.effort()));
    }

    /// This node is a holder like others when fewer than k others are nearer.
    private boolean holdHere(DhtRecord record, OptionalLong expected, List<Contact> nearest, long now) {
        NodeId target = record.target();
        boolean among = nearest.size() < parts.settings.table().bucketSize()
                || target.compareDistance(parts.self, nearest.getLast().id()) < 0;
        return among
                && parts.responder()
                                .hold(record, expected, OptionalLong.empty(), now)
                                .status()
                        == Status.STORED;
    }

    /// Keeps a pool of so many verified descriptors, or of all there are, from now on; {@link KademliaEffects#descriptorLearned} tells of each.
    public void fillPool(int wanted, long now) {
        parts.pool().fill(wanted, now);
    }

    /// Holds these descriptors in the pool from now on, instead of those named before, or what supersedes them: they are
    /// renewed like any other, and looked for when they are lost. They are verified first.
    public void keep(List<NodeDescriptor> descriptors, long now, long epochMillis) {
        parts.dates.observe(now, epochMillis);
        parts.pool().keep(descriptors, now);
    }

    /// A relay of the pool could not be used: its descriptor is dropped, and not taken again for some minutes.
    public void relayFailed(NodeId relay, long now) {
        if (parts.hasPool()) {
            parts.pool().unreachable(relay, now);
        }
    }

    private long begin(long now, LongConsumer start) {
        long operation = ++lastOperation;
        operations++;
        beginning = true;
        if (operations > parts.settings.lookup().maxOperations()) {
            done(operation, new Refused(Reason.BUSY, Effort.NONE), now);
        } else {
            start.accept(operation);
        }
        beginning = false;
        return operation;
    }

    /// What is over before its call has returned is told by the next deadline, which is now.
    private void done(long operation, DhtOutcome outcome, long now) {
        operations--;
        parts.tally.lookup(outcome.effort());
        if (beginning) {
            parts.timers.at(now, _ -> parts.effects.operationDone(operation, outcome));
        } else {
            parts.effects.operationDone(operation, outcome);
        }
    }

    /// The contacts nearest to this node, nearest first: worth keeping for the next start.
    public List<Contact> contacts(int most) {
        return parts.table.closest(parts.self, most);
    }

    public DhtView view() {
        var buckets = new ArrayList<Integer>();
        int waiting = 0;
        for (int depth = 0; depth < parts.table.depth(); depth++) {
            buckets.add(parts.table.sizeOfBucket(depth));
            waiting += parts.table.waitingInBucket(depth);
        }
        return new DhtView(
                buckets,
                parts.table.size(),
                parts.table.demoted(),
                waiting,
                parts.table.estimatedNodes(),
                parts.joining().joined() || parts.table.size() > 0,
                parts.publishing().holders(),
                parts.store().size(),
                parts.store().bytes(),
                parts.pool().size(),
                parts.pool().wanted(),
                operations,
                parts.requests().open(),
                parts.roundTrips.p90Nanos().orElse(0),
                parts.tally.snapshot());
    }
}
