package org.privatus.onion.relay;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
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
import org.privatus.onion.cell.StreamEnd;
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

    private static final int MAX_DHT_PENDING = 4;
    private static final int MAX_ECHO_BODY = 8;
    private static final int ECHO_BURST = 8;
    private static final int SPLICE_BURST = 8;
    private static final int MAX_STREAM = 0xffff;

    private final Relay relay;
    private final Leg inner;
    private final InwardLane inward;
    private final QueueBudget budget;
    private final RelaySettings settings;
    private Reassembly reassembly = new Reassembly();
    private final ReceiveWindow receiveWindow = new ReceiveWindow();
    private final TreeMap<Integer, JoinEnd> streams = new TreeMap<>();
    private final TokenBucket dhtRate;
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
    private int dhtPending;
    private int lastStream;

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
        this.budget = budget;
        this.inner = new Leg(this, channel, peer, credit, effects, budget);
        this.inward = new InwardLane(this, inner, keys, budget);
        this.dhtRate =
                new TokenBucket(settings.dhtBurst(), settings.dhtInterval().toNanos(), nowNanos);
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

    State state() {
        return state;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    boolean isRegistered() {
        return token != null;
    }

    int joins() {
        return streams.size();
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
            case RelayCommand.END -> ended(message, nowNanos);
            case RelayCommand.SENDME -> inward.acknowledged(message.body(), nowNanos);
            case RelayCommand.XOFF, RelayCommand.XON -> hold(message, nowNanos);
            case RelayCommand.DHT_GET -> dhtGet(message, nowNanos);
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

    private void splice(RelayMessage message, long nowNanos) throws MalformedPacketException {
        require(token == null
                && message.body().length == Gateway.TOKEN_LENGTH
                && !streams.containsKey(message.stream()));
        Status status = spliceRate.take(nowNanos)
                ? relay.find(message.body())
                        .map(target -> join(message.stream(), target, nowNanos))
                        .orElse(Status.NOT_FOUND)
                : Status.LIMIT;
        inward.message(RelayMessage.onStream(RelayCommand.SPLICED, message.stream(), status.toBytes()), nowNanos);
    }

    private Status join(int stream, RelayCircuit target, long nowNanos) {
        OptionalInt fresh = target.freshStream();
        if (fresh.isEmpty() || streams.size() >= RelaySettings.MAX_SPLICES_PER_CIRCUIT) {
            return Status.LIMIT;
        }
        JoinEnd here = JoinEnd.join(this, stream, target, fresh.getAsInt(), settings, budget);
        streams.put(stream, here);
        target.streams.put(fresh.getAsInt(), here.other());
        target.inward.message(RelayMessage.onStream(RelayCommand.SPLICE, fresh.getAsInt(), new byte[0]), nowNanos);
        return Status.OK;
    }

    /// An id that no stream of this circuit has, and that was not used for long.
    private OptionalInt freshStream() {
        if (streams.size() >= RelaySettings.MAX_SPLICES_PER_CIRCUIT) {
            return OptionalInt.empty();
        }
        do {
            lastStream = lastStream % MAX_STREAM + 1;
        } while (streams.containsKey(lastStream));
        return OptionalInt.of(lastStream);
    }

    private void data(RelayMessage message, long nowNanos) {
        receiveWindow
                .received(Objects.requireNonNull(hop).receivedTag())
                .ifPresent(sendme -> inward.message(sendme, nowNanos));
        JoinEnd end = streams.get(message.stream());
        if (end != null) {
            end.other().offer(message.body(), nowNanos);
        }
    }

    private void ended(RelayMessage message, long nowNanos) {
        JoinEnd end = streams.get(message.stream());
        if (end != null) {
            forget(end);
            end.other().end(StreamEnd.of(message.body()), nowNanos);
        }
    }

    private void hold(RelayMessage message, long nowNanos) {
        JoinEnd end = streams.get(message.stream());
        if (end != null) {
            end.hold(message.command() == RelayCommand.XOFF, nowNanos);
        }
    }

    /// Ends a stream from here: nothing more goes out on it but END.
    void endStream(JoinEnd end, StreamEnd reason, long nowNanos) {
        forget(end);
        inward.message(RelayMessage.onStream(RelayCommand.END, end.stream(), reason.toBytes()), nowNanos);
    }

    void forget(JoinEnd end) {
        end.remove();
        streams.remove(end.stream(), end);
    }

    private void dhtGet(RelayMessage message, long nowNanos) throws MalformedPacketException {
        WireReader reader = new WireReader(message.body());
        NodeId target = NodeId.read(reader);
        reader.expectEnd();
        if (mayAskDht(nowNanos)) {
            dhtPending++;
            relay.dhtGet(this, message.stream(), target);
        } else {
            got(message.stream(), Status.LIMIT, new byte[0], nowNanos);
        }
    }

    private void dhtPut(RelayMessage message, long nowNanos) throws MalformedPacketException {
        Optional<byte[]> record = gather(Kind.DHT_PUT, message, nowNanos);
        if (record.isEmpty()) {
            return;
        }
        if (mayAskDht(nowNanos)) {
            dhtPending++;
            relay.dhtPut(this, message.stream(), record.get());
        } else {
            stored(message.stream(), Status.LIMIT, nowNanos);
        }
    }

    private boolean mayAskDht(long nowNanos) {
        return dhtPending < MAX_DHT_PENDING && dhtRate.take(nowNanos);
    }

    /// A lookup is done.
    void dhtGot(int stream, Optional<byte[]> record, long nowNanos) {
        dhtPending--;
        got(stream, record.isPresent() ? Status.OK : Status.NOT_FOUND, record.orElse(new byte[0]), nowNanos);
    }

    /// A store is done.
    void dhtStored(int stream, boolean stored, long nowNanos) {
        dhtPending--;
        stored(stream, stored ? Status.OK : Status.FAILED, nowNanos);
    }

    private void got(int stream, Status status, byte[] record, long nowNanos) {
        byte[] payload = WireWriter.allocate(1 + record.length)
                .bytes(status.toBytes())
                .bytes(record)
                .toBytes();
        tell(Kind.DHT_GOT, RelayCommand.DHT_GOT, stream, payload, nowNanos);
    }

    private void stored(int stream, Status status, long nowNanos) {
        inward.message(RelayMessage.onStream(RelayCommand.DHT_STORED, stream, status.toBytes()), nowNanos);
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
        for (JoinEnd end : new ArrayList<>(streams.values())) {
            end.remove();
            end.other().end(StreamEnd.CIRCUIT_GONE, nowNanos);
        }
        streams.clear();
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

    /// Cells that wait in this circuit's own queues, without splices (which are bounded each).
    int queued() {
        return inward.queued() + inner.queued() + (outer == null ? 0 : outer.queued());
    }

    /// Since when the oldest waits.
    long oldestNanos() {
        long oldest = Math.min(inward.oldestNanos(), inner.oldestNanos());
        oldest = outer == null ? oldest : Math.min(oldest, outer.oldestNanos());
        for (JoinEnd end : streams.values()) {
            oldest = Math.min(oldest, end.oldestNanos());
        }
        return oldest;
    }

    private static void require(boolean holds) throws MalformedPacketException {
        if (!holds) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }
}
