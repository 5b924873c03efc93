package org.privatus.onion.relay;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.DoorSettings;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.DestroyReason;
import org.privatus.onion.cell.Status;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers;

/// Carries circuits of others: answers handshakes, extends to the next relay, passes cells on, executes DHT operations
/// for the clients of circuits that end here, and is the gateway for those that registered.
///
/// **Contract.** Inputs name the channel and the time; one input at a time. `channelReady`, `channelOpened` and
/// `channelCredit` each add to what may be sent on the channel. Effects come out during the call; none calls back. After
/// each input the caller arms one timer for {@link #deadlineNanos()}. A job comes back through {@link #computed}. Inputs
/// for channels and operations that are no more do nothing. Between {@link #hold} and {@link #release} inputs only gather,
/// and what they cause is sent together. Each cell that came is `consumed` once it was sent on or taken in, so that a
/// peer whose cells find no way on runs out of credit.
///
/// **Bounds.** Circuits, registrations, splices of a circuit (256) and every queue; above the bound for all queues the
/// circuits whose data has waited longest are killed. Each peer and address group may begin so many circuits and no more
/// ({@link BuildLimits}); when there is no room for another circuit, the peer with the most loses one. Nothing that a client sends makes this node dial more than twice, a
/// private address outside laboratories, itself, or the node the circuit came from.
public final class Relay {
    /// A gateway of fewer fills in ordinary use.
    private static final int PLACES_THAT_COUNT = 64;

    private static final int FILL_STEPS = 8;

    private final RelaySettings settings;
    private final NodeIdentity self;
    private final CryptoSuite suite;
    private final SecureRandom keys;
    private final RandomFill fill;
    private final RelayEffects effects;
    private final Timers timers = new Timers();
    private final QueueBudget budget;
    private final Gateway gateway;
    private final MeasuringService measuring;
    private final BuildLimits builds;
    private final Handshakes handshakes = new Handshakes();
    private final Long2ObjectHashMap<Leg> legs = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<DhtCall> dhtCalls = new Long2ObjectHashMap<>();
    /// Circuits that have something to send or to say when the turn is over.
    private final ArrayList<RelayCircuit> touched = new ArrayList<>();

    private final ArrayDeque<RelayCircuit> doomed = new ArrayDeque<>();
    private final TreeMap<DestroyReason, Long> ended = new TreeMap<>();
    private final LinkedHashMap<NodeKey, Integer> circuitsOfPeer = new LinkedHashMap<>();
    private @Nullable Challenges challenges;
    private OnionKeys onionKeys;
    private boolean held;
    private long channels;
    private long operations;
    private int circuits;
    private long circuitsCreated;
    private long circuitsRefused;
    private long cellsReceived;
    private long malformed;

    private record DhtCall(RelayCircuit circuit, int stream, boolean put) {}

    /// @param behaviour for choices that are no secrets; none is made yet
    public Relay(
            RelaySettings settings,
            OnionKeys onionKeys,
            NodeIdentity self,
            CryptoSuite suite,
            SecureRandom keys,
            RandomGenerator behaviour,
            RelayEffects effects) {
        this.settings = settings;
        this.onionKeys = onionKeys;
        this.self = self;
        this.suite = suite;
        this.keys = keys;
        this.fill = new RandomFill(suite, keys);
        this.effects = effects;
        this.budget = new QueueBudget(settings.maxQueuedCells());
        this.gateway = new Gateway(settings.maxRegistrations());
        this.builds = new BuildLimits(settings);
        this.measuring = new MeasuringService(settings.measuring());
    }

    /// New onion keys; handshakes that are being answered finish with the old ones.
    public void onionKeysChanged(OnionKeys changed) {
        onionKeys = changed;
    }

    /// A peer opened a channel: the beginning of a circuit, or of its refusal, which says why.
    public void channelOpened(long channel, Contact peer, int credit, long nowNanos) {
        if (!builds.allow(peer, nowNanos) || !hasRoom(peer.key(), nowNanos)) {
            circuitsRefused++;
            if (credit > 0) {
                effects.sendCells(channel, ChannelCell.destroy(DestroyReason.RESOURCE_LIMIT));
            }
            effects.closeChannel(channel);
            return;
        }
        RelayCircuit circuit =
                new RelayCircuit(this, settings, effects, fill, budget, channel, peer.key(), credit, nowNanos);
        circuits++;
        circuitsOfPeer.merge(peer.key(), 1, Integer::sum);
        legs.put(channel, circuit.inner());
    }

    /// Room for one more circuit of this peer. When all is taken, the peer with the most circuits loses the one that was
    /// quiet longest, unless the newcomer has as many.
    private boolean hasRoom(NodeKey newcomer, long nowNanos) {
        if (circuits < settings.maxCircuits()) {
            return true;
        }
        Map.Entry<NodeKey, Integer> greatest = Collections.max(
                circuitsOfPeer.entrySet(),
                Map.Entry.<NodeKey, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        if (greatest.getValue() <= circuitsOfPeer.getOrDefault(newcomer, 0) + 1) {
            return false;
        }
        quietest(greatest.getKey()).ifPresent(circuit -> circuit.close(DestroyReason.RESOURCE_LIMIT, nowNanos));
        return true;
    }

    private Optional<RelayCircuit> quietest(NodeKey peer) {
        RelayCircuit found = null;
        for (Leg leg : legs.values()) {
            RelayCircuit circuit = leg.circuit();
            if (leg == circuit.inner() && leg.peer().equals(peer) && (found == null || circuit.isQuieterThan(found))) {
                found = circuit;
            }
        }
        return Optional.ofNullable(found);
    }

    /// A channel that this relay opened is there.
    public void channelReady(long channel, int credit, long nowNanos) {
        Leg leg = legs.get(channel);
        if (leg != null) {
            leg.circuit().outerReady(credit, nowNanos);
            settle(nowNanos);
        }
    }

    /// Cells, one after the other; the array is the relay's from now on.
    public void channelCells(long channel, byte[] run, long nowNanos) {
        Leg leg = legs.get(channel);
        if (leg == null) {
            return;
        }
        cellsReceived += run.length / ChannelCell.LENGTH;
        try {
            leg.circuit().cells(leg, run, nowNanos);
        } catch (MalformedPacketException e) {
            malformed++;
            leg.circuit().close(DestroyReason.PROTOCOL, nowNanos);
        }
        settle(nowNanos);
    }

    /// Inputs to come belong together.
    public void hold() {
        held = true;
    }

    /// No more inputs that belong together.
    public void release(long nowNanos) {
        held = false;
        settle(nowNanos);
    }

    /// So many more cells may be sent on the channel.
    public void channelCredit(long channel, int cells, long nowNanos) {
        Leg leg = legs.get(channel);
        if (leg != null) {
            leg.credited(cells);
            leg.circuit().touch();
            settle(nowNanos);
        }
    }

    public void channelClosed(long channel, long nowNanos) {
        Leg leg = legs.get(channel);
        if (leg != null) {
            leg.circuit().channelClosed(leg, nowNanos);
            settle(nowNanos);
        }
    }

    public void computed(Job job, long nowNanos) {
        if (!(job instanceof RelayJob ours)) {
            throw new IllegalArgumentException("not a job of the relay: " + job);
        }
        if (ours instanceof AnswerHandshake answered) {
            handshakes.done(answered.peer());
        }
        ours.deliver(nowNanos);
        settle(nowNanos);
    }

    /// A lookup or a store of this relay is done.
    ///
    /// @param record what was found
    /// @param stored whether anybody took the record; for a lookup without meaning
    public void dhtDone(long operation, Optional<byte[]> record, boolean stored, long nowNanos) {
        DhtCall call = dhtCalls.remove(operation);
        if (call == null || call.circuit.isClosed()) {
            return;
        }
        if (call.put) {
            call.circuit.dht().stored(call.stream, stored, nowNanos);
        } else {
            call.circuit.dht().got(call.stream, record, nowNanos);
        }
        settle(nowNanos);
    }

    public long deadlineNanos() {
        return timers.deadlineNanos();
    }

    public void onDeadline(long nowNanos) {
        timers.fire(new Moment(nowNanos, 0));
        settle(nowNanos);
    }

    public RelayView view() {
        int joins = 0;
        for (Leg leg : legs.values()) {
            joins += leg == leg.circuit().inner() ? leg.circuit().streams().size() : 0;
        }
        return new RelayView(
                circuits,
                gateway.size(),
                joins / 2,
                budget.used(),
                circuitsCreated,
                circuitsRefused,
                cellsReceived,
                malformed,
                new TreeMap<>(ended));
    }

    // ---- for circuits

    Timers timers() {
        return timers;
    }

    void compute(RelayJob job) {
        effects.compute(job);
    }

    /// Answers a handshake, unless too many are being answered.
    void answer(RelayCircuit circuit, byte[] handshake, long nowNanos) {
        if (!handshakes.begin(circuit.inner().peer())) {
            circuitsRefused++;
            circuit.close(DestroyReason.RESOURCE_LIMIT, nowNanos);
            return;
        }
        circuitsCreated++;
        compute(new AnswerHandshake(circuit, suite, self.key(), onionKeys, handshake, keys));
    }

    boolean mayDial(Contact next, NodeKey previous) {
        Endpoint endpoint = next.endpoint();
        boolean allowed = settings.laboratory() || !endpoint.isPrivate();
        return allowed
                && endpoint.isDialable()
                && !next.key().equals(self.key())
                && !next.key().equals(previous);
    }

    Leg dial(RelayCircuit circuit, Contact next) {
        long channel = ChannelIds.of(ChannelIds.RELAY, ++channels);
        Leg leg = new Leg(circuit, channel, next.key(), 0, effects, budget);
        legs.put(channel, leg);
        effects.openChannel(channel, next);
        return leg;
    }

    void forget(Leg leg) {
        legs.remove(leg.channel());
    }

    /// The work that registering takes: none while at least half of the places are free, then twice as much for each
    /// further sixteenth that is taken.
    long registrationEffort() {
        int over = gateway.size() - settings.maxRegistrations() / 2;
        if (over < 0 || settings.maxRegistrations() < PLACES_THAT_COUNT) {
            return 0;
        }
        DoorSettings door = settings.door();
        return Math.min(door.leastEffort() << (over * 2 * FILL_STEPS / settings.maxRegistrations()), door.mostEffort());
    }

    Challenges challenges() {
        if (challenges == null) {
            challenges = new Challenges(suite, keys);
        }
        return challenges;
    }

    Status register(byte[] token, RelayCircuit circuit) {
        if (gateway.isFull()) {
            return Status.LIMIT;
        }
        return gateway.register(token, circuit) ? Status.OK : Status.FAILED;
    }

    Optional<RelayCircuit> find(byte[] token) {
        return gateway.find(token);
    }

    MeasuringService measuring() {
        return measuring;
    }

    void dhtGet(RelayCircuit circuit, int stream, NodeId target) {
        dhtCalls.put(++operations, new DhtCall(circuit, stream, false));
        effects.dhtGet(operations, target);
    }

    void dhtPut(RelayCircuit circuit, int stream, byte[] record) {
        dhtCalls.put(++operations, new DhtCall(circuit, stream, true));
        effects.dhtPut(operations, record);
    }

    void touched(RelayCircuit circuit) {
        touched.add(circuit);
    }

    void doom(RelayCircuit circuit) {
        doomed.add(circuit);
    }

    void closed(RelayCircuit circuit, @Nullable Leg outer, byte @Nullable [] token, DestroyReason reason) {
        circuits--;
        circuitsOfPeer.computeIfPresent(circuit.inner().peer(), (peer, count) -> count == 1 ? null : count - 1);
        ended.merge(reason, 1L, Long::sum);
        forget(circuit.inner());
        if (outer != null) {
            forget(outer);
        }
        if (token != null) {
            gateway.unregister(token);
        }
    }

    // ---- the end of a turn

    /// Sends what has gathered, and closes what outgrew its bounds. Ends of closed circuits may still be queued at others:
    /// closing never adds more than it frees.
    private void settle(long nowNanos) {
        if (held) {
            return;
        }
        do {
            List<RelayCircuit> turn = quietFirst(nowNanos);
            for (RelayCircuit circuit : turn) {
                circuit.endTurn(nowNanos);
            }
            while (!doomed.isEmpty()) {
                doomed.removeFirst().close(DestroyReason.RESOURCE_LIMIT, nowNanos);
            }
            if (budget.isExceeded()) {
                shed(nowNanos);
            }
        } while (!touched.isEmpty());
    }

    /// Takes the circuits that have something to send. Where they meet again in one link, what was sent first leaves first:
    /// so a circuit that carried little goes before one that carries much (as Tor's EWMA scheduler).
    private List<RelayCircuit> quietFirst(long nowNanos) {
        List<RelayCircuit> turn = new ArrayList<>(touched);
        touched.clear();
        if (turn.size() > 1) {
            turn.forEach(circuit -> circuit.settleActivity(nowNanos));
            turn.sort(Comparator.comparingLong(RelayCircuit::activity));
        }
        return turn;
    }

    /// Closes circuits, those first whose data has waited longest, until an eighth of the room is free again: so that a
    /// flood pays for the search once in many cells.
    private void shed(long nowNanos) {
        List<RelayCircuit> waiting = new ArrayList<>();
        for (Leg leg : legs.values()) {
            if (leg == leg.circuit().inner() && leg.circuit().oldestNanos() < Long.MAX_VALUE) {
                waiting.add(leg.circuit());
            }
        }
        waiting.sort(Comparator.comparingLong(RelayCircuit::oldestNanos)
                .thenComparingLong(circuit -> circuit.inner().channel()));
        for (RelayCircuit circuit : waiting) {
            if (!budget.isTight()) {
                return;
            }
            circuit.close(DestroyReason.RESOURCE_LIMIT, nowNanos);
        }
    }
}
