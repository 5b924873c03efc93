package org.privatus.onion.relay;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.DestroyReason;
import org.privatus.onion.cell.ExtendFailure;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.Reassembly;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.flow.ReceiveWindow;
import org.privatus.onion.flow.Timers;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.flow.TokenBucket;
import org.privatus.onion.stream.StreamRequest;
import org.privatus.onion.work.WorkDone;

/// One circuit of somebody else through this relay. A protocol violation on either side throws
/// {@link MalformedPacketException}, and the relay then closes the circuit both ways.
///
/// ```
///  FRESH --CREATE--> CREATING --handshake--> LAST --EXTEND--> DIALLING --channel--> EXTENDING --CREATED--> MIDDLE
///                                             ^                  |                      |
///                                             +--- EXTEND_FAILED +----------------------+
/// ```
final class RelayCircuit {
    /// RELAY_EARLY cells that one client may send through: eight EXTENDs.
    private static final int MAX_EARLY = 8 * Fragments.MAX_FRAGMENTS;

    private static final byte[] NOTHING = new byte[0];
    private static final int MAX_ECHO_BODY = 8;
    private static final long ACTIVITY_HALF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int ECHO_BURST = 8;
    private static final int SPLICE_BURST = 8;

    private final Relay relay;
    private final Leg inner;
    private final InwardLane inward;
    private final RelaySettings settings;
    private Reassembly reassembly = new Reassembly();
    private final ReceiveWindow receiveWindow = new ReceiveWindow();
    private final CircuitStreams streams;
    private final DhtDesk dht;
    private final TokenBucket echoRate;
    private final TokenBucket spliceRate;

    private State state = State.FRESH;
    private @Nullable RelayHop hop;
    private @Nullable Leg outer;
    private byte @Nullable [] nextHandshake;
    private byte @Nullable [] token;
    private @Nullable SpliceDoor door;
    /// Of the splice that was asked for and is not answered; empty where none is.
    private byte[] wantedToken = NOTHING;

    private int works;
    private @Nullable Timer stepTimer;
    private @Nullable Timer fragmentTimer;
    private int earlySeen;
    private int extendsSeen;
    private boolean touched;
    private long activity;
    private long activityNanos;
    private long lastCellNanos;

    enum State {
        FRESH,
        CREATING,
        LAST,
        DIALLING,
        EXTENDING,
        MIDDLE,
        CLOSED
    }

    RelayCircuit(
            Relay relay,
            RelaySettings settings,
            RelayEffects effects,
            RandomFill fill,
            QueueBudget budget,
            long channel,
            NodeKey peer,
            int credit,
            long nowNanos) {
        this.relay = relay;
        this.settings = settings;
        this.inner = new Leg(this, channel, peer, credit, effects, budget);
        this.inward = new InwardLane(this, inner, fill, settings, budget);
        this.streams = new CircuitStreams(this, settings, budget);
        this.dht = new DhtDesk(relay, this, settings, nowNanos);
        this.activityNanos = nowNanos;
        this.lastCellNanos = nowNanos;
        this.echoRate = new TokenBucket(ECHO_BURST, TimeUnit.SECONDS.toNanos(1), nowNanos);
        this.spliceRate = new TokenBucket(SPLICE_BURST, TimeUnit.SECONDS.toNanos(1), nowNanos);
        stepTimer = relay.timers()
                .at(nowNanos + settings.createTimeout().toNanos(), now -> close(DestroyReason.TIMED_OUT, now.nanos()));
    }

    Leg inner() {
        return inner;
    }

    @Nullable
    Leg outer() {
        return outer;
    }

    InwardLane inward() {
        return inward;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    CircuitStreams streams() {
        return streams;
    }

    DhtDesk dht() {
        return dht;
    }

    Timers timers() {
        return relay.timers();
    }

    void compute(RelayJob job) {
        relay.compute(job);
    }

    /// Something is to be said or sent when the turn is over.
    void touch() {
        if (!touched) {
            touched = true;
            relay.touched(this);
        }
    }

    /// Sends what has gathered since the last call.
    void endTurn(long nowNanos) {
        touched = false;
        if (state == State.CLOSED) {
            return;
        }
        inward.pump(nowNanos);
        inner.endTurn();
        if (outer != null) {
            outer.endTurn();
        }
    }

    /// Cells that passed lately: each counts half after five seconds, a quarter after ten, and so on.
    long activity() {
        return activity;
    }

    /// Whether its last cell is older; of two that are as old, the one that is here longer.
    boolean isQuieterThan(RelayCircuit other) {
        return lastCellNanos != other.lastCellNanos
                ? lastCellNanos < other.lastCellNanos
                : inner.channel() < other.inner.channel();
    }

    /// Takes off what has become old.
    void settleActivity(long nowNanos) {
        long halvings = (nowNanos - activityNanos) / ACTIVITY_HALF_LIFE_NANOS;
        if (halvings > 0) {
            activity >>= Math.min(halvings, Long.SIZE - 1);
            activityNanos += halvings * ACTIVITY_HALF_LIFE_NANOS;
        }
    }

    // ---- cells

    /// Cells on either leg, which are changed in place.
    void cells(Leg leg, byte[] run, long nowNanos) throws MalformedPacketException {
        int cells = ChannelCell.count(run);
        activity += cells;
        lastCellNanos = nowNanos;
        int passed = leg == inner ? fromClient(run, nowNanos) : fromBeyond(run, nowNanos);
        leg.done(cells - passed);
    }

    /// Passes stretches of cells on, takes in those between, and says how many were passed.
    private int fromClient(byte[] run, long nowNanos) throws MalformedPacketException {
        int passed = 0;
        int from = 0;
        int at = 0;
        for (; at < run.length && state != State.CLOSED; at += ChannelCell.LENGTH) {
            ChannelCell.check(run, at);
            int command = ChannelCell.command(run, at);
            if (ChannelCell.isRelay(command) && passes(run, at, command)) {
                continue;
            }
            passed += passOutward(run, from, at, nowNanos);
            from = at + ChannelCell.LENGTH;
            takeIn(run, at, command, nowNanos);
        }
        return passed + passOutward(run, from, at, nowNanos);
    }

    /// Adds or takes off this hop's layer. Whether the cell is for a hop beyond.
    private boolean passes(byte[] run, int at, int command) throws MalformedPacketException {
        RelayHop mine = hop;
        require(mine != null && (command == ChannelCell.RELAY || ++earlySeen <= MAX_EARLY));
        if (Objects.requireNonNull(mine).forward(command, run, at + ChannelCell.BODY_OFFSET)) {
            return false;
        }
        if (state != State.MIDDLE) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        return true;
    }

    private int passOutward(byte[] run, int from, int to, long nowNanos) {
        Leg next = outer;
        if (from >= to || next == null || state == State.CLOSED) {
            return 0;
        }
        next.send(run, from, to, inner, nowNanos);
        checkQueue(next.queued());
        return (to - from) / ChannelCell.LENGTH;
    }

    private void takeIn(byte[] run, int at, int command, long nowNanos) throws MalformedPacketException {
        switch (command) {
            case ChannelCell.DESTROY -> close(DestroyReason.REQUESTED, nowNanos);
            case ChannelCell.CREATE -> create(run, at, nowNanos);
            case ChannelCell.RELAY, ChannelCell.RELAY_EARLY -> handle(RelayMessage.read(run, at), command, nowNanos);
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    private void create(byte[] run, int at, long nowNanos) throws MalformedPacketException {
        require(state == State.FRESH);
        Optional<byte[]> handshake = reassembly.acceptCell(Kind.CREATE, run, at, nowNanos);
        if (handshake.isPresent()) {
            state = State.CREATING;
            relay.answer(this, handshake.get(), nowNanos);
        }
    }

    /// The handshake has been answered.
    void created(AnswerHandshake job, long nowNanos) {
        Optional<RelayHop> opened = state == State.CREATING ? job.hop() : Optional.empty();
        if (opened.isEmpty()) {
            job.erase();
            close(DestroyReason.PROTOCOL, nowNanos);
            return;
        }
        hop = opened.get();
        inward.opened(hop);
        state = State.LAST;
        setStepTimer(settings.maxAge().toNanos(), nowNanos, now -> close(DestroyReason.TIMED_OUT, now));
        inward.plain(Fragments.cells(Kind.CREATED, ChannelCell.CREATED, job.reply()), nowNanos);
    }

    private int fromBeyond(byte[] run, long nowNanos) throws MalformedPacketException {
        int passed = 0;
        int from = 0;
        int at = 0;
        for (; at < run.length && state != State.CLOSED && outer != null; at += ChannelCell.LENGTH) {
            ChannelCell.check(run, at);
            if (ChannelCell.command(run, at) == ChannelCell.RELAY) {
                require(state == State.MIDDLE);
                continue;
            }
            passed += passInward(run, from, at, nowNanos);
            from = at + ChannelCell.LENGTH;
            switch (ChannelCell.command(run, at)) {
                case ChannelCell.DESTROY -> outerDestroyed(DestroyReason.of(run, at), nowNanos);
                case ChannelCell.CREATED -> extended(run, at, nowNanos);
                default -> throw new MalformedPacketException(Reason.UNEXPECTED);
            }
        }
        return passed + passInward(run, from, at, nowNanos);
    }

    private int passInward(byte[] run, int from, int to, long nowNanos) {
        if (from >= to || state == State.CLOSED) {
            return 0;
        }
        inward.pass(run, from, to, nowNanos);
        return (to - from) / ChannelCell.LENGTH;
    }

    // ---- messages for this hop

    private void handle(RelayMessage message, int cellCommand, long nowNanos) throws MalformedPacketException {
        require(state == State.LAST || message.command() == RelayCommand.ECHO);
        switch (message.command()) {
            case RelayCommand.EXTEND -> extend(message, cellCommand, nowNanos);
            case RelayCommand.REGISTER -> register(message, nowNanos);
            case RelayCommand.SPLICE -> splice(message, nowNanos);
            case RelayCommand.BEGIN -> begin(message, nowNanos);
            case RelayCommand.DATA -> data(message, nowNanos);
            case RelayCommand.END -> streams.ended(message, nowNanos);
            case RelayCommand.SENDME -> inward.acknowledged(message.body(), nowNanos);
            case RelayCommand.END_SENDING -> streams.finished(message.stream(), nowNanos);
            case RelayCommand.XOFF -> streams.hold(message.stream(), true);
            case RelayCommand.XON -> streams.hold(message.stream(), false);
            case RelayCommand.DHT_GET -> dht.get(message, nowNanos);
            case RelayCommand.DHT_PUT -> dhtPut(message, nowNanos);
            case RelayCommand.ECHO -> echo(message, nowNanos);
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    private void extend(RelayMessage message, int cellCommand, long nowNanos) throws MalformedPacketException {
        require(cellCommand == ChannelCell.RELAY_EARLY && token == null && streams.isEmpty());
        Optional<byte[]> payload = gather(Kind.EXTEND, message, nowNanos);
        if (payload.isEmpty()) {
            return;
        }
        WireReader reader = new WireReader(payload.get());
        Contact next = Contact.read(reader);
        byte[] handshake = reader.rest();
        if (++extendsSeen > RelaySettings.MAX_EXTENDS_PER_CIRCUIT) {
            extendFailed(ExtendFailure.LIMIT, nowNanos);
        } else if (!relay.mayDial(next, inner.peer())) {
            extendFailed(ExtendFailure.FORBIDDEN, nowNanos);
        } else {
            nextHandshake = handshake;
            state = State.DIALLING;
            setStepTimer(settings.extendTimeout().toNanos(), nowNanos, this::giveUpExtending);
            outer = relay.dial(this, next);
        }
    }

    /// The channel to the next relay is open.
    void outerReady(int credit, long nowNanos) {
        byte[] handshake = nextHandshake;
        if (state != State.DIALLING || outer == null || handshake == null) {
            return;
        }
        state = State.EXTENDING;
        nextHandshake = null;
        outer.credited(credit);
        outer.send(Fragments.cells(Kind.CREATE, ChannelCell.CREATE, handshake), nowNanos);
    }

    private void extended(byte[] run, int at, long nowNanos) throws MalformedPacketException {
        require(state == State.EXTENDING);
        Optional<byte[]> reply = reassembly.acceptCell(Kind.CREATED, run, at, nowNanos);
        if (reply.isPresent()) {
            require(reply.get().length <= Fragments.MAX_FRAGMENTS * Fragments.CIRCUIT_CHUNK);
            state = State.MIDDLE;
            setStepTimer(settings.maxAge().toNanos(), nowNanos, now -> close(DestroyReason.TIMED_OUT, now));
            tell(Kind.EXTENDED, RelayCommand.EXTENDED, 0, reply.get(), nowNanos);
        }
    }

    private void giveUpExtending(long nowNanos) {
        dropOuter(true);
        extendFailed(ExtendFailure.UNREACHABLE, nowNanos);
    }

    private void outerDestroyed(DestroyReason reason, long nowNanos) {
        if (state == State.EXTENDING && reason == DestroyReason.RESOURCE_LIMIT) {
            dropOuter(true);
            extendFailed(ExtendFailure.BUSY, nowNanos);
        } else {
            outerClosed(nowNanos);
        }
    }

    private void extendFailed(ExtendFailure failure, long nowNanos) {
        state = State.LAST;
        nextHandshake = null;
        reassembly = new Reassembly();
        setStepTimer(settings.maxAge().toNanos(), nowNanos, now -> close(DestroyReason.TIMED_OUT, now));
        inward.message(RelayMessage.onCircuit(RelayCommand.EXTEND_FAILED, failure.toBytes()), nowNanos);
    }

    private void register(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(token == null && streams.isEmpty() && hasTokenLength(message));
        byte[] wanted = Arrays.copyOf(message.body(), Gateway.TOKEN_LENGTH);
        Optional<WorkDone> work = WorkDone.read(message.body(), Gateway.TOKEN_LENGTH);
        long effort = relay.registrationEffort();
        if (effort > 0 && (work.isEmpty() || work.get().effort() < effort || !isDone(work.get(), wanted, nowNanos))) {
            byte[] asked = asked(wanted, effort, nowNanos);
            inward.message(RelayMessage.onCircuit(RelayCommand.REGISTERED, asked), nowNanos);
            return;
        }
        Status status = relay.register(wanted, this);
        if (status == Status.OK) {
            token = wanted;
            door = new SpliceDoor(relay, this, settings.door(), nowNanos);
        }
        inward.message(RelayMessage.onCircuit(RelayCommand.REGISTERED, status.toBytes()), nowNanos);
    }

    private void data(RelayMessage message, long nowNanos) {
        if (receiveWindow.received()) {
            inward.message(ReceiveWindow.sendme(Objects.requireNonNull(hop).receivedTag()), nowNanos);
        }
        streams.data(message, nowNanos);
    }

    private void splice(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(token == null && hasTokenLength(message) && !streams.contains(message.stream()));
        byte[] wanted = Arrays.copyOf(message.body(), Gateway.TOKEN_LENGTH);
        Optional<WorkDone> work = WorkDone.read(message.body(), Gateway.TOKEN_LENGTH);
        if (wantedToken.length > 0
                || !spliceRate.take(nowNanos)
                || (work.isPresent() && !isDone(work.get(), wanted, nowNanos))) {
            answerSplice(message.stream(), Status.LIMIT.toBytes(), nowNanos);
            return;
        }
        Optional<SpliceDoor> there = relay.find(wanted).flatMap(RelayCircuit::door);
        if (there.isEmpty()) {
            answerSplice(message.stream(), Status.NOT_FOUND.toBytes(), nowNanos);
            return;
        }
        wantedToken = wanted;
        there.get().knock(this, message.stream(), work, nowNanos);
    }

    private static boolean hasTokenLength(RelayMessage message) {
        int length = message.bodyLength();
        return length == Gateway.TOKEN_LENGTH || length == Gateway.TOKEN_LENGTH + WorkDone.LENGTH;
    }

    private Optional<SpliceDoor> door() {
        return Optional.ofNullable(door);
    }

    private boolean isDone(WorkDone work, byte[] wanted, long nowNanos) {
        boolean done = relay.challenges().isDone(request(wanted), work, nowNanos);
        works += done ? 1 : 0;
        return done;
    }

    private Challenges.Request request(byte[] wanted) {
        return new Challenges.Request(inner.channel(), works, wanted);
    }

    private byte[] asked(byte[] wanted, long effort, long nowNanos) {
        return relay.challenges().ask(request(wanted), effort, nowNanos).toBytes(Status.WORK.toBytes());
    }

    private void answerSplice(int stream, byte[] answer, long nowNanos) {
        inward.message(RelayMessage.onStream(RelayCommand.SPLICED, stream, answer), nowNanos);
    }

    /// What was asked for takes work.
    void askWork(int stream, long effort, long nowNanos) {
        byte[] wanted = wantedToken;
        wantedToken = NOTHING;
        if (state == State.LAST) {
            answerSplice(stream, asked(wanted, effort, nowNanos), nowNanos);
        }
    }

    /// What was asked for may be had.
    void admitted(RelayCircuit to, int stream, long nowNanos) {
        wantedToken = NOTHING;
        if (state == State.LAST) {
            boolean free = !streams.contains(stream);
            Status status = free ? streams.join(stream, to.streams, nowNanos) : Status.LIMIT;
            answerSplice(stream, status.toBytes(), nowNanos);
        }
    }

    /// What was asked for is no more.
    void notAdmitted(int stream, long nowNanos) {
        wantedToken = NOTHING;
        if (state == State.LAST) {
            answerSplice(stream, Status.NOT_FOUND.toBytes(), nowNanos);
        }
    }

    private void begin(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(token == null && !streams.contains(message.stream()));
        streams.begin(message.stream(), StreamRequest.of(message.body()), relay.measuring(), nowNanos);
    }

    private void dhtPut(RelayMessage message, long nowNanos) throws MalformedPacketException {
        Optional<byte[]> record = gather(Kind.DHT_PUT, message, nowNanos);
        if (record.isPresent()) {
            dht.put(message.stream(), record.get(), nowNanos);
        }
    }

    private void echo(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(message.bodyLength() <= MAX_ECHO_BODY && echoRate.take(nowNanos));
        inward.message(RelayMessage.onCircuit(RelayCommand.ECHOED, message.body()), nowNanos);
    }

    private void tell(Kind kind, int command, int stream, byte[] payload, long nowNanos) {
        for (RelayMessage message : Fragments.messages(kind, command, stream, payload)) {
            inward.message(message, nowNanos);
        }
    }

    private Optional<byte[]> gather(Kind kind, RelayMessage message, long nowNanos) throws MalformedPacketException {
        Optional<byte[]> payload = reassembly.acceptMessage(kind, message, nowNanos);
        if (fragmentTimer != null) {
            fragmentTimer.cancel();
            fragmentTimer = null;
        }
        if (payload.isEmpty()) {
            fragmentTimer =
                    relay.timers().at(reassembly.deadlineNanos(), now -> close(DestroyReason.PROTOCOL, now.nanos()));
        }
        return payload;
    }

    // ---- the end

    /// The channel on this leg is gone.
    void channelClosed(Leg leg, long nowNanos) {
        leg.close(null);
        if (leg == inner) {
            close(DestroyReason.CHANNEL_CLOSED, nowNanos);
        } else if (leg == outer) {
            outerClosed(nowNanos);
        }
    }

    private void outerClosed(long nowNanos) {
        if (state == State.DIALLING || state == State.EXTENDING) {
            giveUpExtending(nowNanos);
        } else {
            close(DestroyReason.CHANNEL_CLOSED, nowNanos);
        }
    }

    private void dropOuter(boolean destroy) {
        if (outer != null) {
            outer.close(destroy ? ChannelCell.destroy(DestroyReason.REQUESTED) : null);
            relay.forget(outer);
            outer = null;
        }
    }

    /// Ends the circuit both ways.
    void close(DestroyReason reason, long nowNanos) {
        if (state == State.CLOSED) {
            return;
        }
        inward.pump(nowNanos);
        state = State.CLOSED;
        cancelTimers();
        inner.close(ChannelCell.destroy(reason));
        if (outer != null) {
            outer.close(ChannelCell.destroy(reason));
        }
        relay.closed(this, outer, token, reason);
        if (door != null) {
            door.close(nowNanos);
        }
        streams.close(nowNanos);
        inward.close();
        if (hop != null && !inward.isSealing()) {
            hop.erase();
        }
    }

    private void cancelTimers() {
        if (stepTimer != null) {
            stepTimer.cancel();
        }
        if (fragmentTimer != null) {
            fragmentTimer.cancel();
        }
    }

    private void setStepTimer(long afterNanos, long nowNanos, LongConsumer task) {
        if (stepTimer != null) {
            stepTimer.cancel();
        }
        stepTimer = relay.timers().at(nowNanos + afterNanos, now -> task.accept(now.nanos()));
    }

    /// A circuit whose queue is too long is closed when the present input is done.
    void checkQueue(int queued) {
        if (queued > settings.maxQueuedCellsPerCircuit()) {
            relay.doom(this);
        }
    }

    /// Since when the oldest waits.
    long oldestNanos() {
        long oldest = Math.min(inward.oldestNanos(), inner.oldestNanos());
        oldest = outer == null ? oldest : Math.min(oldest, outer.oldestNanos());
        return Math.min(oldest, streams.oldestNanos());
    }

    private static void require(boolean holds) throws MalformedPacketException {
        if (!holds) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }
}
