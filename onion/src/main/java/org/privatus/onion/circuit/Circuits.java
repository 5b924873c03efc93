package org.privatus.onion.circuit;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.circuit.CircuitsView.ServedView;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers;
import org.privatus.onion.lease.LeaseOwner;
import org.privatus.onion.path.PathMemory;
import org.privatus.onion.path.PathSelector;
import org.privatus.onion.path.RelayPool;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamRequest;

/// Everything a node does with circuits of its own: builds them and keeps some spare, makes persons reachable (two
/// gateways each, leases), looks leases up, and opens splices, which carry ordered bytes between two people.
///
/// **Contract.** One input at a time, with the monotonic time and, where something may be signed or judged by date, the
/// calendar's. Effects come out during the call; none calls back. After each input the caller arms one timer for
/// {@link #deadlineNanos()}. A job comes back through {@link #computed}. Inputs for channels and splices that are no more
/// do nothing. Credit is counted: `channelReady` and `channelCredit` each add to it. Between {@link #hold} and
/// {@link #release} inputs only gather, and what they cause is sent together.
///
/// **Splices.** Bytes arrive at the other side in order, once, or the splice ends at both; what was sent shortly before
/// an end may be lost. `send` takes at most {@link #sendCapacity} bytes; `spliceWritable` says when there is room again.
///
/// **Bounds.** Own circuits, spares and all queues have limits (see {@link OnionSettings}). Nothing happens, and no timer
/// is armed, until somebody is served or a splice is asked for.
public final class Circuits {
    private final Surroundings around;
    private final Timers timers = new Timers();
    private final RelayPool pool;
    private final PathSelector selector;
    private final CircuitSupply supply;
    private final SpliceTable splices = new SpliceTable();
    private final StreamTable streams = new StreamTable();
    private final LeaseMemory memory = new LeaseMemory();
    private final TreeMap<PersonKey, Serving> serving = new TreeMap<>();
    private Contact self;
    private long epochMillis;
    private boolean held;
    private long malformed;

    public Circuits(
            OnionSettings settings,
            Contact self,
            CryptoSuite suite,
            SecureRandom keys,
            RandomGenerator behaviour,
            CircuitEffects effects) {
        this.self = self;
        this.around = new Surroundings(
                settings, suite, keys, new RandomFill(suite, keys), behaviour, effects, timers, new Turn());
        this.pool = new RelayPool(settings.poolWanted(), settings.poolSettle().toNanos());
        this.selector = new PathSelector(pool, settings.guards(), settings.laboratory(), self, behaviour);
        this.supply = new CircuitSupply(around, pool, selector, this::makeRoom);
    }

    // ---- relays

    /// A verified descriptor.
    public void relayLearned(NodeDescriptor descriptor, long nowNanos, long epochMillis) {
        Moment now = at(nowNanos, epochMillis);
        pool.learned(descriptor, nowNanos);
        if (selector.isGuard(descriptor.id())) {
            selector.renewed(descriptor.id());
            supply.rememberLater(now);
        }
        supply.poolChanged(now);
        settle(nowNanos);
    }

    /// Nobody vouches for this relay any more. Of one that stays what was known serves on.
    public void relayLost(NodeId relay, long nowNanos) {
        if (!selector.isGuard(relay)) {
            pool.lost(relay);
        }
    }

    /// This node's own contact is known better.
    public void selfChanged(Contact changed) {
        self = changed;
        selector.selfChanged(changed);
    }

    /// This node is known to be a correspondent's: it will be no hop of ours.
    public void correspondentAt(NodeId node) {
        selector.correspondentAt(node);
    }

    /// What an earlier run said in {@link CircuitEffects#pathsChanged}; before anything is asked for.
    public void restore(PathMemory memory, long nowNanos, long epochMillis) {
        at(nowNanos, epochMillis);
        selector.restore(memory, nowNanos, epochMillis);
    }

    // ---- turns

    /// Inputs to come belong together.
    public void hold() {
        held = true;
    }

    /// No more inputs that belong together.
    public void release(long nowNanos) {
        held = false;
        settle(nowNanos);
    }

    private void settle(long nowNanos) {
        if (!held) {
            around.turn().end(nowNanos);
        }
    }

    // ---- channels

    public void channelReady(long channel, int credit, long nowNanos) {
        supply.find(channel).ifPresent(circuit -> circuit.channelReady(credit));
        settle(nowNanos);
    }

    /// Cells, one after the other; the array is ours from now on.
    public void channelCells(long channel, byte[] run, long nowNanos, long epochMillis) {
        Optional<Circuit> circuit = supply.find(channel);
        if (circuit.isEmpty()) {
            return;
        }
        Moment now = at(nowNanos, epochMillis);
        try {
            circuit.get().cells(run, now);
        } catch (MalformedPacketException e) {
            malformed++;
            circuit.get().close(CircuitEnd.PROTOCOL, now);
        }
        settle(nowNanos);
    }

    /// So many more cells may be sent on the channel.
    public void channelCredit(long channel, int cells, long nowNanos) {
        supply.find(channel).ifPresent(circuit -> circuit.credited(cells));
        settle(nowNanos);
    }

    public void channelClosed(long channel, long nowNanos, long epochMillis) {
        Moment now = at(nowNanos, epochMillis);
        supply.find(channel).ifPresent(circuit -> circuit.channelClosed(now));
        settle(nowNanos);
    }

    // ---- time and work

    public void computed(Job job, long nowNanos, long epochMillis) {
        if (!(job instanceof CircuitJob ours)) {
            throw new IllegalArgumentException("not a job of circuits: " + job);
        }
        ours.deliver(at(nowNanos, epochMillis));
        settle(nowNanos);
    }

    public long deadlineNanos() {
        return timers.deadlineNanos();
    }

    public void onDeadline(long nowNanos, long epochMillis) {
        timers.fire(at(nowNanos, epochMillis));
        settle(nowNanos);
    }

    // ---- persons

    /// Makes this person reachable, until {@link #stopServing}. Takes over `owner`: it is erased then, or at once if the person is served already.
    public void serve(LeaseOwner owner, long nowNanos, long epochMillis) {
        PersonKey person = owner.address().key();
        if (serving.containsKey(person)) {
            owner.erase();
            return;
        }
        Moment now = at(nowNanos, epochMillis);
        Serving served = new Serving(owner, around, supply, splices);
        serving.put(person, served);
        served.begin(now);
        supply.activate(now);
        settle(nowNanos);
    }

    public void stopServing(PersonKey person, long nowNanos) {
        Optional.ofNullable(serving.remove(person)).ifPresent(served -> served.stop(at(nowNanos)));
        settle(nowNanos);
    }

    // ---- spares

    /// From now on so many circuits are kept ready, instead of as many as the settings say; those above are released. No more are built than the
    /// limit of all circuits allows.
    public void keepSpares(int count, long nowNanos, long epochMillis) {
        supply.keepSpares(count, at(nowNanos, epochMillis));
        settle(nowNanos);
    }

    // ---- splices

    /// Opens a splice to a person: lease, circuit, gateway, splice, each told as an attempt step. Ends in `spliceOpened`
    /// or `spliceClosed`. Nothing is said of it during this call.
    public long openSplice(PersonAddress to, long nowNanos, long epochMillis) {
        Moment now = at(nowNanos, epochMillis);
        long id = splices.next();
        new OutgoingSplice(id, to, around, supply, splices, memory, () -> self.key(), now).open(now);
        supply.activate(now);
        settle(nowNanos);
        return id;
    }

    /// Sends bytes, in order. Takes over the array. More than {@link #sendCapacity} is a bug and throws.
    public void send(long splice, byte[] bytes, long nowNanos) {
        splices.find(splice).ifPresent(each -> each.send(bytes, at(nowNanos)));
        settle(nowNanos);
    }

    /// Bytes that may be sent now.
    public int sendCapacity(long splice) {
        return splices.find(splice).map(Splice::room).orElse(0);
    }

    /// Sends what was written, and ends the splice. Nothing more is said of it.
    public void closeSplice(long splice, long nowNanos) {
        splices.find(splice).ifPresent(each -> each.close(at(nowNanos)));
        settle(nowNanos);
    }

    // ---- streams

    /// Asks for a circuit that serves streams alone: `circuitOpened` or `circuitClosed` follows, but not during this call.
    public long openCircuit(CircuitRequest request, long nowNanos, long epochMillis) {
        long id = streams.nextCircuit();
        Moment now = at(nowNanos, epochMillis);
        new StreamCircuit(id, request, around, supply, streams, now).begin(now);
        return id;
    }

    /// Ends a circuit and all its streams. Nothing more is said of them.
    public void closeCircuit(long circuit, long nowNanos) {
        streams.circuit(circuit).ifPresent(each -> each.close(at(nowNanos)));
        settle(nowNanos);
    }

    /// Opens a stream to the last hop; bytes may be written at once. Empty if the circuit is not open, or has 256 streams.
    public OptionalLong openStream(long circuit, StreamRequest request, long nowNanos) {
        OptionalLong opened =
                streams.circuit(circuit).map(each -> each.open(request)).orElse(OptionalLong.empty());
        settle(nowNanos);
        return opened;
    }

    /// Writes bytes, in order. Takes over the array. More than {@link #streamRoom} is a bug and throws.
    public void write(long stream, byte[] bytes, long nowNanos) {
        streams.stream(stream).ifPresent(each -> each.write(bytes));
        settle(nowNanos);
    }

    /// Bytes that may be written now.
    public int streamRoom(long stream) {
        return streams.stream(stream).map(OwnStream::room).orElse(0);
    }

    /// So many received bytes are done with.
    public void read(long stream, int bytes, long nowNanos) {
        streams.stream(stream).ifPresent(each -> each.read(bytes));
        settle(nowNanos);
    }

    /// Nothing more is written; the other side may still send. When it sends no more either, the stream is closed.
    public void finish(long stream, long nowNanos) {
        streams.stream(stream).ifPresent(OwnStream::finish);
        settle(nowNanos);
    }

    /// Ends a stream at once: what is under way may be lost. Nothing more is said of it.
    public void closeStream(long stream, long nowNanos) {
        streams.stream(stream).ifPresent(OwnStream::reset);
        settle(nowNanos);
    }

    /// Gives up the splice that was idle longest, if one is.
    private boolean makeRoom(Moment now) {
        Optional<OutgoingSplice> idle = splices.all().stream()
                .filter(OutgoingSplice.class::isInstance)
                .map(OutgoingSplice.class::cast)
                .filter(splice -> splice.isIdle(now))
                .min(Comparator.comparingLong(OutgoingSplice::lastUseNanos));
        idle.ifPresent(splice -> splice.end(SpliceEnd.LIMIT, now));
        return idle.isPresent();
    }

    public CircuitsView view(long nowNanos) {
        return new CircuitsView(
                supply.all().stream().map(circuit -> view(circuit, nowNanos)).toList(),
                supply.spares(),
                pool.size(),
                selector.guards(epochMillis),
                selector.secondGuards(epochMillis),
                serving.values().stream()
                        .map(each -> new ServedView(each.person(), each.gatewayIds(), each.splices()))
                        .toList(),
                splices.all().size(),
                supply.built(),
                supply.failed(),
                malformed,
                supply.late(),
                supply.lateNanos(),
                supply.buildQuantileNanos());
    }

    private static CircuitView view(Circuit circuit, long nowNanos) {
        return new CircuitView(
                circuit.channel(),
                circuit.purpose(),
                circuit.state().name(),
                circuit.hopIds(),
                circuit.builtHops(),
                nowNanos - circuit.begun().nanos(),
                circuit.cellsSent(),
                circuit.cellsReceived());
    }

    private Moment at(long nowNanos, long epochMillis) {
        this.epochMillis = epochMillis;
        return new Moment(nowNanos, epochMillis);
    }

    /// For inputs that sign nothing: the date of the last input that had one.
    private Moment at(long nowNanos) {
        return new Moment(nowNanos, epochMillis);
    }
}
