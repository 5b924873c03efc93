package org.privatus.onion.relay;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeKey;
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
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.flow.TokenBucket;

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

    private static final int MAX_ECHO_BODY = 8;
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
    private @Nullable Timer stepTimer;
    private @Nullable Timer fragmentTimer;
    private int earlySeen;
    private int extendsSeen;

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
            SecureRandom keys,
            QueueBudget budget,
            long channel,
            NodeKey peer,
            int credit,
            long nowNanos) {
        this.relay = relay;
        this.settings = settings;
        this.inner = new Leg(this, channel, peer, credit, effects, budget);
        this.inward = new InwardLane(this, inner, keys, budget);
        this.streams = new CircuitStreams(this, settings, budget);
        this.dht = new DhtDesk(relay, this, settings, nowNanos);
        this.echoRate = new TokenBucket(ECHO_BURST, TimeUnit.SECONDS.toNanos(1), nowNanos);
        this.spliceRate = new TokenBucket(SPLICE_BURST, TimeUnit.SECONDS.toNanos(1), nowNanos);
        stepTimer = relay.timers()
                .at(nowNanos + settings.createTimeout().toNanos(), now -> close(DestroyReason.TIMED_OUT, now.nanos()));
    }

    Leg inner() {
        return inner;
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

    void compute(RelayJob job) {
        relay.compute(job);
    }

    // ---- cells

    /// A cell on either leg.
    void cell(Leg leg, byte[] cell, long nowNanos) throws MalformedPacketException {
        ChannelCell.check(cell);
        if (leg == inner) {
            fromClient(cell, nowNanos);
        } else {
            fromBeyond(cell, nowNanos);
        }
    }

    private void fromClient(byte[] cell, long nowNanos) throws MalformedPacketException {
        switch (ChannelCell.command(cell)) {
            case ChannelCell.DESTROY -> close(DestroyReason.REQUESTED, nowNanos);
            case ChannelCell.CREATE -> create(cell, nowNanos);
            case ChannelCell.RELAY, ChannelCell.RELAY_EARLY -> outward(cell, nowNanos);
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    private void create(byte[] cell, long nowNanos) throws MalformedPacketException {
        require(state == State.FRESH);
        Optional<byte[]> handshake = reassembly.acceptCell(Kind.CREATE, cell, nowNanos);
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
        for (byte[] created : Fragments.cells(Kind.CREATED, ChannelCell.CREATED, job.reply())) {
            inward.plain(created, nowNanos);
        }
    }

    private void outward(byte[] cell, long nowNanos) throws MalformedPacketException {
        RelayHop mine = hop;
        if (mine == null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        int command = ChannelCell.command(cell);
        if (command == ChannelCell.RELAY_EARLY) {
            require(++earlySeen <= MAX_EARLY);
        }
        if (mine.forward(command, cell, ChannelCell.BODY_OFFSET)) {
            handle(RelayMessage.read(cell), command, nowNanos);
        } else if (state == State.MIDDLE && outer != null) {
            outer.send(cell, nowNanos);
            checkQueue(outer.queued());
        } else {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
    }

    private void fromBeyond(byte[] cell, long nowNanos) throws MalformedPacketException {
        switch (ChannelCell.command(cell)) {
            case ChannelCell.DESTROY -> outerClosed(nowNanos);
            case ChannelCell.CREATED -> extended(cell, nowNanos);
            case ChannelCell.RELAY -> {
                require(state == State.MIDDLE);
                inward.pass(cell, nowNanos);
            }
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    // ---- messages for this hop

    private void handle(RelayMessage message, int cellCommand, long nowNanos) throws MalformedPacketException {
        require(state == State.LAST || message.command() == RelayCommand.ECHO);
        switch (message.command()) {
            case RelayCommand.EXTEND -> extend(message, cellCommand, nowNanos);
            case RelayCommand.REGISTER -> register(message, nowNanos);
            case RelayCommand.SPLICE -> splice(message, nowNanos);
            case RelayCommand.DATA -> data(message, nowNanos);
            case RelayCommand.END -> streams.ended(message, nowNanos);
            case RelayCommand.SENDME -> inward.acknowledged(message.body(), nowNanos);
            case RelayCommand.XOFF -> streams.hold(message.stream(), true, nowNanos);
            case RelayCommand.XON -> streams.hold(message.stream(), false, nowNanos);
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
        for (byte[] cell : Fragments.cells(Kind.CREATE, ChannelCell.CREATE, handshake)) {
            outer.send(cell, nowNanos);
        }
    }

    private void extended(byte[] cell, long nowNanos) throws MalformedPacketException {
        require(state == State.EXTENDING);
        Optional<byte[]> reply = reassembly.acceptCell(Kind.CREATED, cell, nowNanos);
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

    private void extendFailed(ExtendFailure failure, long nowNanos) {
        state = State.LAST;
        nextHandshake = null;
        reassembly = new Reassembly();
        setStepTimer(settings.maxAge().toNanos(), nowNanos, now -> close(DestroyReason.TIMED_OUT, now));
        inward.message(RelayMessage.onCircuit(RelayCommand.EXTEND_FAILED, failure.toBytes()), nowNanos);
    }

    private void register(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(token == null && streams.isEmpty() && message.body().length == Gateway.TOKEN_LENGTH);
        Status status = relay.register(message.body(), this);
        if (status == Status.OK) {
            token = message.body();
        }
        inward.message(RelayMessage.onCircuit(RelayCommand.REGISTERED, status.toBytes()), nowNanos);
    }

    private void data(RelayMessage message, long nowNanos) {
        receiveWindow
                .received(Objects.requireNonNull(hop).receivedTag())
                .ifPresent(sendme -> inward.message(sendme, nowNanos));
        streams.data(message, nowNanos);
    }

    private void splice(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(token == null && message.body().length == Gateway.TOKEN_LENGTH && !streams.contains(message.stream()));
        Status status = spliceRate.take(nowNanos)
                ? relay.find(message.body())
                        .map(target -> streams.join(message.stream(), target.streams, nowNanos))
                        .orElse(Status.NOT_FOUND)
                : Status.LIMIT;
        inward.message(RelayMessage.onStream(RelayCommand.SPLICED, message.stream(), status.toBytes()), nowNanos);
    }

    private void dhtPut(RelayMessage message, long nowNanos) throws MalformedPacketException {
        Optional<byte[]> record = gather(Kind.DHT_PUT, message, nowNanos);
        if (record.isPresent()) {
            dht.put(message.stream(), record.get(), nowNanos);
        }
    }

    private void echo(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(message.body().length <= MAX_ECHO_BODY && echoRate.take(nowNanos));
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
        state = State.CLOSED;
        cancelTimers();
        inner.close(ChannelCell.destroy(reason));
        if (outer != null) {
            outer.close(ChannelCell.destroy(reason));
        }
        relay.closed(this, outer, token, reason);
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
