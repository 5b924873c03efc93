package org.privatus.onion.circuit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.ExtendFailure;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.lease.Lease;
import org.privatus.onion.lease.LeaseGateway;
import org.privatus.onion.lease.LeaseKeys;
import org.privatus.onion.path.PathWish;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.splice.StepOutcome;
import org.privatus.onion.work.WorkAsked;

/// A splice that we open: the attempt, step by step, and then the stream.
///
/// ```
///  lease (remembered, of this period, of the next) -> circuit -> gateway -> SPLICE -> open
///        ^------- all gateways of the lease failed ----------------+----------+
/// ```
final class OutgoingSplice extends Demand implements Splice, OutwardStream.Listener {
    private static final int STREAM = 1;
    private static final int MAX_CIRCUITS = 4;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MAX_EXTENSIONS_OF_LIFE = 20;
    private static final int MAX_WORKS = 4;
    /// Whoever did what was asked may wait among others who did.
    private static final long WORKED_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final long id;
    private final PersonAddress to;
    private final Surroundings around;
    private final CircuitSupply supply;
    private final SpliceTable table;
    private final LeaseMemory memory;
    private final Supplier<NodeKey> self;
    private final ArrayDeque<LeaseGateway> gateways = new ArrayDeque<>();
    private List<Contact> gatewayContacts = List.of();

    private Phase phase = Phase.LEASE;
    private Source source = Source.MEMORY;
    private @Nullable LeaseGateway gateway;
    private @Nullable Circuit circuit;
    private @Nullable DhtExchange lookup;
    private @Nullable OutwardStream stream;
    private @Nullable Timer timer;
    private @Nullable Timer answerTimer;
    private Moment stepBegun;
    private long lastUseNanos;
    private int circuitsUsed;
    private int works;
    private int lifeExtensions;

    private enum Phase {
        LEASE,
        CIRCUIT,
        GATEWAY,
        SPLICE,
        OPEN,
        CLOSING,
        OVER
    }

    /// Where the lease in use comes from; they are tried in this order.
    private enum Source {
        MEMORY,
        PERIOD,
        NEXT_PERIOD
    }

    OutgoingSplice(
            long id,
            PersonAddress to,
            Surroundings around,
            CircuitSupply supply,
            SpliceTable table,
            LeaseMemory memory,
            Supplier<NodeKey> self,
            Moment now) {
        this.id = id;
        this.to = to;
        this.around = around;
        this.supply = supply;
        this.table = table;
        this.memory = memory;
        this.self = self;
        this.stepBegun = now;
    }

    /// Begins right after the present input: whoever asked must first learn the splice's number.
    void open(Moment now) {
        table.put(id, this);
        timer = around.timers().at(now.nanos(), this::begin);
    }

    private void begin(Moment now) {
        stepBegun = now;
        long deadline = now.nanos() + around.settings().attemptTimeout().toNanos();
        timer = around.timers().at(deadline, later -> end(SpliceEnd.TIMED_OUT, later));
        Optional<Lease> remembered = memory.find(to.key(), now.epochMillis());
        if (remembered.isPresent()) {
            step(new AttemptStep.LeaseRemembered(), StepOutcome.OK, now);
            use(remembered.get(), now);
        } else {
            lookUp(Source.PERIOD, now);
        }
    }

    // ---- the lease

    private void lookUp(Source from, Moment now) {
        phase = Phase.LEASE;
        source = from;
        stepBegun = now;
        long current = LeaseKeys.period(around.suite(), to, now.epochMillis());
        long period = from == Source.NEXT_PERIOD ? current + 1 : current;
        around.effects().compute(new FindLease(around, to, period, this::ask));
    }

    private void ask(Optional<LeaseKeys> found, Moment now) {
        if (phase != Phase.LEASE) {
            found.ifPresent(LeaseKeys::erase);
            return;
        }
        if (found.isEmpty()) {
            noLease(0, StepOutcome.INVALID, now);
            return;
        }
        LeaseKeys keys = found.get();
        DhtExchange exchange = new DhtExchange(
                around,
                supply,
                new DhtExchange.Request.Get(keys.target()),
                (done, later) -> answered(keys, done, later));
        lookup = exchange;
        exchange.begin(now);
    }

    private void answered(LeaseKeys keys, DhtExchange done, Moment now) {
        lookup = null;
        int answers = done.positive();
        if (done.records().isEmpty()) {
            keys.erase();
            noLease(answers, StepOutcome.NOT_FOUND, now);
            return;
        }
        around.effects()
                .compute(new OpenLease(around, keys, done.records(), (lease, later) -> opened(answers, lease, later)));
    }

    private void opened(int answers, Optional<Lease> lease, Moment now) {
        if (phase != Phase.LEASE) {
            return;
        }
        Optional<Lease> valid =
                lease.filter(found -> found.isValidAt(now.epochMillis(), LeaseMemory.CLOCK_SKEW_MILLIS));
        if (valid.isEmpty()) {
            noLease(answers, StepOutcome.INVALID, now);
            return;
        }
        step(new AttemptStep.LeaseLookup(source == Source.NEXT_PERIOD, answers), StepOutcome.OK, now);
        memory.put(to.key(), valid.get());
        use(valid.get(), now);
    }

    private void noLease(int answers, StepOutcome outcome, Moment now) {
        step(new AttemptStep.LeaseLookup(source == Source.NEXT_PERIOD, answers), outcome, now);
        if (source == Source.NEXT_PERIOD) {
            end(SpliceEnd.LEASE_NOT_FOUND, now);
        } else {
            lookUp(Source.NEXT_PERIOD, now);
        }
    }

    /// In an order drawn by lot, so that the load is shared. Never through ourselves.
    private void use(Lease lease, Moment now) {
        List<LeaseGateway> usable = new ArrayList<>(lease.gateways());
        usable.removeIf(each -> each.hop().contact().key().equals(self.get()));
        if (usable.size() > 1 && around.behaviour().nextBoolean()) {
            Collections.reverse(usable);
        }
        gateways.clear();
        gateways.addAll(usable);
        gatewayContacts = usable.stream().map(each -> each.hop().contact()).toList();
        nextGateway(now);
    }

    private void nextGateway(Moment now) {
        gateway = gateways.poll();
        if (gateway == null) {
            noGateway(now);
        } else if (circuit != null) {
            extend(circuit, now);
        } else {
            wantCircuit(now);
        }
    }

    private void noGateway(Moment now) {
        memory.forget(to.key());
        switch (source) {
            case MEMORY -> lookUp(Source.PERIOD, now);
            case PERIOD -> lookUp(Source.NEXT_PERIOD, now);
            case NEXT_PERIOD -> end(SpliceEnd.GATEWAY_UNREACHABLE, now);
        }
    }

    // ---- the circuit

    private void wantCircuit(Moment now) {
        phase = Phase.CIRCUIT;
        stepBegun = now;
        if (++circuitsUsed > MAX_CIRCUITS) {
            end(SpliceEnd.NO_CIRCUIT, now);
        } else {
            supply.want(this, now);
        }
    }

    @Override
    PathWish wish() {
        return PathWish.of(around.settings().hops()).towards(gatewayContacts);
    }

    @Override
    public CircuitPurpose purpose() {
        return CircuitPurpose.SPLICE;
    }

    @Override
    void given(Circuit given, boolean spare, Moment now) {
        List<NodeId> hops = given.hopIds();
        step(spare ? new AttemptStep.CircuitChosen(hops) : new AttemptStep.CircuitBuilt(hops), StepOutcome.OK, now);
        circuit = given;
        extend(given, now);
    }

    @Override
    void unmet(Moment now) {
        step(new AttemptStep.CircuitBuilt(List.of()), StepOutcome.UNREACHABLE, now);
        end(SpliceEnd.NO_CIRCUIT, now);
    }

    // ---- the gateway

    private void extend(Circuit ready, Moment now) {
        phase = Phase.GATEWAY;
        stepBegun = now;
        ready.extend(Objects.requireNonNull(gateway).hop(), supply.buildTimeoutNanos(), now);
    }

    @Override
    public void extended(Circuit extended, Moment now) {
        LeaseGateway chosen = Objects.requireNonNull(gateway);
        step(new AttemptStep.GatewayExtended(chosen.hop().id()), StepOutcome.OK, now);
        phase = Phase.SPLICE;
        works = 0;
        stepBegun = now;
        extended.send(RelayMessage.onStream(RelayCommand.SPLICE, STREAM, chosen.token()));
        answerTimer = around.timers().at(now.nanos() + supply.buildTimeoutNanos(), this::noAnswer);
    }

    @Override
    public void extendFailed(Circuit unchanged, ExtendFailure failure, Moment now) {
        NodeId missed = Objects.requireNonNull(gateway).hop().id();
        StepOutcome outcome = failure == ExtendFailure.UNREACHABLE ? StepOutcome.UNREACHABLE : StepOutcome.REFUSED;
        step(new AttemptStep.GatewayExtended(missed), outcome, now);
        if (outcome == StepOutcome.UNREACHABLE) {
            supply.blame(missed, now);
        }
        nextGateway(now);
    }

    @Override
    public void message(Circuit from, RelayMessage message, Moment now) throws MalformedPacketException {
        if (message.stream() != STREAM) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        switch (message.command()) {
            case RelayCommand.SPLICED -> {
                Status status = Status.of(message.body());
                if (status == Status.WORK) {
                    work(from, WorkAsked.read(message.body()), now);
                } else {
                    spliced(from, status, now);
                }
            }
            case RelayCommand.END ->
                end(
                        StreamEnd.of(message.body()) == StreamEnd.DONE
                                ? SpliceEnd.CLOSED_BY_PEER
                                : SpliceEnd.CIRCUIT_DIED,
                        now);
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    /// The gateway swallows what it is asked.
    private void noAnswer(Moment now) {
        if (phase == Phase.SPLICE && gateway != null) {
            step(new AttemptStep.Spliced(gateway.hop().id()), StepOutcome.TIMED_OUT, now);
            leaveCircuit(now);
            nextGateway(now);
        }
    }

    /// The gateway is flooded: it wants to see work first. The more it wants, the more others offer.
    private void work(Circuit from, WorkAsked asked, Moment now) throws MalformedPacketException {
        if (phase != Phase.SPLICE || gateway == null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        byte[] token = gateway.token();
        Optional.ofNullable(answerTimer).ifPresent(Timer::cancel);
        boolean worth = asked.effort() <= around.settings().mostWork() && ++works <= MAX_WORKS;
        step(
                new AttemptStep.WorkAsked(from.lastHop().id(), asked.effort()),
                worth ? StepOutcome.OK : StepOutcome.REFUSED,
                now);
        if (!worth) {
            leaveCircuit(now);
            nextGateway(now);
            return;
        }
        BooleanSupplier wanted = () -> phase == Phase.SPLICE && circuit == from;
        around.effects().compute(new DoWork(around, asked, wanted, (done, later) -> {
            from.send(RelayMessage.onStream(RelayCommand.SPLICE, STREAM, done.behind(token)));
            answerTimer = around.timers().at(later.nanos() + WORKED_NANOS, this::noAnswer);
        }));
    }

    private void spliced(Circuit from, Status status, Moment now) throws MalformedPacketException {
        if (phase != Phase.SPLICE) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        Optional.ofNullable(answerTimer).ifPresent(Timer::cancel);
        NodeId at = from.lastHop().id();
        if (status == Status.OK) {
            step(new AttemptStep.Spliced(at), StepOutcome.OK, now);
            open(from, now);
            return;
        }
        step(
                new AttemptStep.Spliced(at),
                status == Status.NOT_FOUND ? StepOutcome.NOT_FOUND : StepOutcome.REFUSED,
                now);
        leaveCircuit(now);
        nextGateway(now);
    }

    // ---- open

    private void open(Circuit ready, Moment now) {
        phase = Phase.OPEN;
        Optional.ofNullable(timer).ifPresent(Timer::cancel);
        stream = ready.openStream(STREAM, this);
        lastUseNanos = now.nanos();
        ready.keepAlive(now);
        around.effects().spliceOpened(id, SplicePath.ofSender(ready.hopIds()));
    }

    @Override
    public void data(Circuit from, int id, byte[] bytes, Moment now) throws MalformedPacketException {
        if (id != STREAM) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (phase == Phase.OPEN) {
            lastUseNanos = now.nanos();
            around.effects().spliceBytes(this.id, bytes);
        } else if (phase != Phase.CLOSING) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    @Override
    public int room() {
        return phase == Phase.OPEN && stream != null ? stream.room() : 0;
    }

    @Override
    public void send(byte[] bytes, Moment now) {
        if (stream == null || circuit == null) {
            throw new IllegalStateException("splice " + id + " is not open");
        }
        lastUseNanos = now.nanos();
        stream.write(bytes);
        circuit.flush(stream);
    }

    @Override
    public void writable(int room) {
        if (phase == Phase.OPEN) {
            around.effects().spliceWritable(id, room);
        }
    }

    @Override
    public void ended() {
        around.timers().at(lastUseNanos, this::leaveCircuit);
    }

    /// Whether nothing has gone through for a while.
    boolean isIdle(Moment now) {
        return phase == Phase.OPEN && now.nanos() - lastUseNanos >= IDLE_NANOS;
    }

    long lastUseNanos() {
        return lastUseNanos;
    }

    // ---- the end

    @Override
    public void expired(Circuit old, Moment now) {
        if (phase == Phase.OPEN && !isIdle(now) && lifeExtensions++ < MAX_EXTENSIONS_OF_LIFE) {
            old.liveFor(IDLE_NANOS, now);
        } else {
            old.close(CircuitEnd.EXPIRED, now);
        }
    }

    @Override
    public void closed(Circuit dead, CircuitEnd reason, Moment now) {
        if (dead != circuit) {
            return;
        }
        circuit = null;
        switch (phase) {
            case GATEWAY -> {
                NodeId missed = Objects.requireNonNull(gateway).hop().id();
                step(
                        new AttemptStep.GatewayExtended(missed),
                        reason == CircuitEnd.TIMED_OUT ? StepOutcome.TIMED_OUT : StepOutcome.DIED,
                        now);
                if (reason == CircuitEnd.DESTROYED || reason == CircuitEnd.CHANNEL_CLOSED) {
                    wantCircuit(now);
                } else {
                    nextGateway(now);
                }
            }
            case SPLICE -> {
                Optional.ofNullable(answerTimer).ifPresent(Timer::cancel);
                step(new AttemptStep.Spliced(dead.lastHop().id()), StepOutcome.DIED, now);
                wantCircuit(now);
            }
            case OPEN -> end(SpliceEnd.CIRCUIT_DIED, now);
            case CLOSING, LEASE, CIRCUIT, OVER -> {}
        }
    }

    /// Ends it, not by our wish.
    void end(SpliceEnd reason, Moment now) {
        boolean known = table.remove(id);
        leave(now);
        if (known) {
            around.effects().spliceClosed(id, reason);
        }
    }

    @Override
    public void close(Moment now) {
        table.remove(id);
        if (phase != Phase.OPEN || stream == null || circuit == null) {
            leave(now);
            return;
        }
        phase = Phase.CLOSING;
        lastUseNanos = now.nanos();
        timer = around.timers().at(now.nanos() + CLOSE_NANOS, this::leave);
        stream.end(StreamEnd.DONE);
        circuit.flush(stream);
    }

    private void leave(Moment now) {
        phase = Phase.OVER;
        Optional.ofNullable(timer).ifPresent(Timer::cancel);
        Optional.ofNullable(lookup).ifPresent(running -> running.abandon(now));
        lookup = null;
        supply.cancel(this);
        leaveCircuit(now);
    }

    private void leaveCircuit(Moment now) {
        Optional.ofNullable(answerTimer).ifPresent(Timer::cancel);
        Circuit left = circuit;
        circuit = null;
        if (left != null) {
            left.close(CircuitEnd.RELEASED, now);
        }
    }

    private void step(AttemptStep step, StepOutcome outcome, Moment now) {
        around.effects().attemptStep(id, step, outcome, now.nanos() - stepBegun.nanos());
        stepBegun = now;
    }
}
