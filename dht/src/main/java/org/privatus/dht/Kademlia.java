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
import org.privatus.dht.lookup.RoundTrips;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.Value;
import org.privatus.dht.routing.Admission;
import org.privatus.dht.routing.Failure;
import org.privatus.dht.routing.RoutingTable;
import org.privatus.dht.store.DhtRecord;
import org.privatus.dht.store.RecordStore;

/// One node's part in the DHT: whom it knows, what it holds for others, and what it looks for.
///
/// The calling contract, as for every core: inputs are told one after another with the monotonic time `now`, which never runs backwards, and
/// where dates of records matter with the epoch time; effects go to the sink, which never calls back. After each input the caller arms one timer
/// for {@link #deadlineNanos()} and calls {@link #onDeadline} when it is due. A call for something that is over is useless and harmless.
///
/// Everything is bounded: contacts, records, operations, checks, mentions waiting to be dialled.
public final class Kademlia {
    private final NodeId self;
    private final DhtSettings settings;
    private final KademliaEffects effects;
    private final Tally tally = new Tally();
    private final Timers timers = new Timers();
    private final Dates dates = new Dates();
    private final RoundTrips roundTrips = new RoundTrips();
    private final RoutingTable table;
    private final RecordStore store;
    private final Requests requests;
    private final Verifier verifier;
    private final Lookups lookups;
    private final Responder responder;
    private final Upkeep upkeep;
    private final Joining joining;
    private final Publishing publishing;
    private final DescriptorPool pool;
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
        this.settings = settings.with(settings.table().withLocalAddresses(local));
        this.self = self.id();
        this.effects = effects;
        table = new RoutingTable(this.self, this.settings.table(), behaviour);
        store = new RecordStore(this.self, this.settings.records());
        requests = new Requests(this.settings.lookup(), table, roundTrips, timers, effects, tally, this::contactFailed);
        verifier = new Verifier(suite, network, effects);
        lookups = new Lookups(this.self, this.settings, table, requests, timers);
        responder = new Responder(this.self, this.settings, table, store, verifier, dates, effects, tally);
        upkeep = new Upkeep(this.settings, table, requests, timers, behaviour, this::admit);
        joining = new Joining(this.self, this.settings, table, lookups, timers, behaviour, this::joinEnded);
        publishing = new Publishing(this.self, this.settings, table, lookups, requests, timers, behaviour);
        pool = new DescriptorPool(
                this.settings.pool(), table, lookups, requests, verifier, timers, dates, behaviour, effects);
    }

    /// Somebody asks. The answer, if there is one, comes by {@link KademliaEffects#answer}, at once or after a job.
    ///
    /// @param asker present on a finished link
    public void requestArrived(
            long handle, Optional<Contact> asker, Endpoint from, byte[] body, long now, long epochMillis) {
        dates.observe(now, epochMillis);
        responder.respond(handle, asker, from, body, now);
    }

    /// An answer to {@link KademliaEffects#ask}. Useless for requests that are over.
    public void answerArrived(long requestId, byte[] body, long rttNanos, long now, long epochMillis) {
        dates.observe(now, epochMillis);
        requests.answered(requestId, body, rttNanos, now);
    }

    /// There will be no answer: the link died, or none came about.
    public void requestFailed(long requestId, long now) {
        requests.fail(requestId, now);
    }

    /// A handshake has finished, which proves a peer's key, puzzle and endpoint. A peer that this node dialled is admitted to the table. One that
    /// dialled this node is asked something first: it gets a place when it answers, since it may be no more than a client.
    public void peerVerified(Contact peer, boolean weDialed, long rttNanos, long now) {
        roundTrips.add(rttNanos);
        if (weDialed || table.contains(peer.id())) {
            admit(peer, rttNanos, now);
        } else {
            upkeep.dialBack(peer, now);
        }
    }

    /// A job from {@link KademliaEffects#compute} has run.
    public void computed(Job job, long now, long epochMillis) {
        dates.observe(now, epochMillis);
        verifier.computed(job, now);
    }

    /// When {@link #onDeadline} wants to be called; `Long.MAX_VALUE`: not until some input.
    public long deadlineNanos() {
        return timers.nextNanos();
    }

    /// Useless before the deadline.
    public void onDeadline(long now, long epochMillis) {
        dates.observe(now, epochMillis);
        timers.fire(now);
    }

    private void admit(Contact proven, long rttNanos, long now) {
        switch (table.admit(proven, rttNanos, now)) {
            case Admission.Added() -> {
                upkeep.arm(now);
                publishing.neighbourhoodChanged(now);
                pool.newcomer(proven, now);
            }
            case Admission.Challenge(var doubtful) -> upkeep.ask(doubtful, now);
            case Admission.Known(), Admission.Waiting() -> {}
            case Admission.Refused _ -> {}
        }
    }

    private void contactFailed(Failure failure, long now) {
        switch (failure) {
            case Failure.Unknown() -> {}
            case Failure.Demoted(var contact, var recheckNanos) -> upkeep.askLater(contact, recheckNanos, now);
            case Failure.Evicted(var contact, var successor) -> {
                pool.unreachable(contact.id(), now);
                successor.ifPresent(_ -> publishing.neighbourhoodChanged(now));
                if (table.size() == 0) {
                    joining.isolated(now);
                }
            }
        }
    }

    /// Enters the network through any of `bootstrap`; {@link KademliaEffects#joined} tells how it went. With an empty list there is nobody to
    /// join, and that is reported too.
    public void join(List<Contact> bootstrap, long now) {
        joining.join(bootstrap, now);
    }

    /// Takes contacts as proven and as heard from now: the table of an earlier life, or the one that a simulation begins with. Whoever has gone
    /// meanwhile is found out as usual. {@link KademliaEffects#joined} follows.
    public void adopt(List<Contact> proven, long now) {
        table.adopt(proven, now);
        upkeep.arm(now);
        joinEnded(table.size(), now);
    }

    private void joinEnded(int contacts, long now) {
        effects.joined(contacts);
        publishing.neighbourhoodChanged(now);
    }

    /// This node's own descriptor: published now, again every 50 minutes or so, and to newcomers nearby. Empty: not published any more.
    ///
    /// @throws IllegalArgumentException for another node
    public void selfChanged(Contact contact, Optional<NodeDescriptor> own, long now, long epochMillis) {
        boolean same = contact.id().equals(self)
                && own.map(descriptor -> descriptor.id().equals(self)).orElse(true);
        if (!same) {
            throw new IllegalArgumentException("a core serves one node, and this is another: " + contact.id());
        }
        dates.observe(now, epochMillis);
        publishing.publish(own, now);
    }

    /// The nodes nearest to `target`: `Closest`.
    ///
    /// @return the operation that {@link KademliaEffects#operationDone} names later; so for all below
    public long findClosest(NodeId target, long now) {
        return begin(
                now,
                operation -> lookups.nodes(target, Request.Manner.EARLY, closest(operation, now), now)
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
        dates.observe(now, epochMillis);
        return begin(now, operation -> {
            int agreement = settings.records().agreement();
            ObjLongConsumer<Search.Result> completion = (result, t) -> done(operation, outcome(result), t);
            new Search(target, agreement, requests, verifier, timers, dates, completion)
                    .start(lookups, store.get(target, now), now);
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
        dates.observe(now, epochMillis);
        return begin(now, operation -> {
            Optional<DhtRecord> record = parse(signedRecord);
            if (record.isEmpty()) {
                done(operation, new Refused(Reason.INVALID, Effort.NONE), now);
                return;
            }
            ObjLongConsumer<Placement.Result> completion = (result, t) -> done(operation, outcome(result), t);
            new Placement(record.get(), expected, requests, this::holdHere, completion).start(lookups, verifier, now);
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
        boolean among = nearest.size() < settings.table().bucketSize()
                || target.compareDistance(self, nearest.getLast().id()) < 0;
        return among
                && responder.hold(record, expected, OptionalLong.empty(), now).status() == Status.STORED;
    }

    /// Keeps a pool of so many verified descriptors, or of all there are, from now on; {@link KademliaEffects#descriptorLearned} tells of each.
    public void fillPool(int wanted, long now) {
        pool.fill(wanted, now);
    }

    /// A relay of the pool could not be used: its descriptor is dropped, and not taken again for some minutes.
    public void relayFailed(NodeId relay, long now) {
        pool.unreachable(relay, now);
    }

    private long begin(long now, LongConsumer start) {
        long operation = ++lastOperation;
        operations++;
        beginning = true;
        if (operations > settings.lookup().maxOperations()) {
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
        tally.lookup(outcome.effort());
        if (beginning) {
            timers.at(now, _ -> effects.operationDone(operation, outcome));
        } else {
            effects.operationDone(operation, outcome);
        }
    }

    /// The contacts nearest to this node, nearest first: worth keeping for the next start.
    public List<Contact> contacts(int most) {
        return table.closest(self, most);
    }

    public DhtView view() {
        var buckets = new ArrayList<Integer>();
        int waiting = 0;
        for (int depth = 0; depth < table.depth(); depth++) {
            buckets.add(table.sizeOfBucket(depth));
            waiting += table.waitingInBucket(depth);
        }
        return new DhtView(
                buckets,
                table.size(),
                table.demoted(),
                waiting,
                table.estimatedNodes(),
                joining.joined() || table.size() > 0,
                publishing.holders(),
                store.size(),
                store.bytes(),
                pool.size(),
                pool.wanted(),
                operations,
                requests.open(),
                roundTrips.p90Nanos().orElse(0),
                tally.snapshot());
    }
}
