package org.privatus.onion.circuit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.ntor.HopKeys;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.DestroyReason;
import org.privatus.onion.cell.ExtendFailure;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.Reassembly;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.flow.ReceiveWindow;
import org.privatus.onion.flow.SendWindow;
import org.privatus.onion.flow.Timers.Timer;
import org.privatus.onion.path.PathHop;

/// One circuit of our own: it builds itself hop by hop along its path, seals what goes out and opens what comes in, keeps
/// the window, and tells its owner the rest. A cell that cannot come throws {@link MalformedPacketException}, and the
/// core then closes the circuit.
///
/// All messages go to, and come from, the last hop; what leaves, leaves by the {@link OutwardLane}.
final class Circuit {
    private static final int ECHO_LENGTH = 8;
    private static final byte[] NOTHING = new byte[0];

    private final long channel;
    private final Surroundings around;
    private final List<PathHop> path;
    private final ClientCircuitCrypto crypto;
    private final OutwardLane outward;
    private final ReceiveWindow receiveWindow = new ReceiveWindow();
    private final Reassembly reassembly = new Reassembly();
    private final Watcher watcher;
    private final Moment begun;

    private CircuitOwner owner;
    private State state = State.BUILDING;
    private int built;
    private boolean channelReady;
    private @Nullable HybridClient handshake;
    private boolean handshakeSent;
    private @Nullable FinishHop finishing;
    private byte @Nullable [] echo;
    private @Nullable Timer stepTimer;
    private @Nullable Timer echoTimer;
    private @Nullable Timer fragmentTimer;
    private @Nullable Timer lifeTimer;
    private byte[] gathered = NOTHING;
    private int gatheredBytes;
    private int gatheredStream;
    private final Meter meter = new Meter();
    private long hopBegunNanos;
    private long cellsReceived;

    enum State {
        BUILDING,
        READY,
        EXTENDING,
        CLOSED
    }

    /// Whoever keeps account of circuits, told before the owner.
    interface Watcher {
        void hopAdded(Circuit circuit, NodeId hop, Moment now);

        void closed(Circuit circuit, CircuitEnd reason, Moment now);
    }

    Circuit(long channel, List<PathHop> path, Surroundings around, Watcher watcher, CircuitOwner owner, Moment now) {
        this.channel = channel;
        this.path = new ArrayList<>(path);
        this.around = around;
        this.watcher = watcher;
        this.owner = owner;
        this.begun = now;
        this.crypto = new ClientCircuitCrypto(around.suite());
        this.outward = new OutwardLane(channel, around, crypto);
    }

    long channel() {
        return channel;
    }

    State state() {
        return state;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /// All hops, those that are still to be added too.
    List<PathHop> path() {
        return List.copyOf(path);
    }

    List<NodeId> hopIds() {
        return path.stream().map(PathHop::id).toList();
    }

    PathHop lastHop() {
        return path.getLast();
    }

    /// The hop that is to be added next, unless all are there.
    Optional<PathHop> missingHop() {
        return built < path.size() ? Optional.of(path.get(built)) : Optional.empty();
    }

    int builtHops() {
        return built;
    }

    Moment begun() {
        return begun;
    }

    long cellsSent() {
        return outward.cellsSent();
    }

    long cellsReceived() {
        return cellsReceived;
    }

    /// The most that it carried in a second, in kbit/s; 0 where it lived or carried too little.
    long bestKbits() {
        return meter.bestKbits();
    }

    /// How long the hop that was just added took.
    long lastHopNanos(Moment now) {
        return now.nanos() - hopBegunNanos;
    }

    void ownedBy(CircuitOwner next) {
        owner = next;
    }

    // ---- building

    /// Opens the channel and begins the first handshake.
    void begin(long timeoutNanos, Moment now) {
        around.effects().openChannel(channel, path.getFirst().contact());
        limitStep(timeoutNanos, now);
        hopBegunNanos = now.nanos();
        startHop();
    }

    CircuitPurpose purpose() {
        return owner.purpose();
    }

    /// Adds one more hop to a circuit that is ready. The owner hears of the outcome.
    void extend(PathHop hop, long timeoutNanos, Moment now) {
        if (state != State.READY) {
            throw new IllegalStateException("cannot extend: " + state);
        }
        state = State.EXTENDING;
        path.add(hop);
        limitStep(timeoutNanos, now);
        hopBegunNanos = now.nanos();
        startHop();
    }

    private void limitStep(long timeoutNanos, Moment now) {
        stepTimer = around.timers().at(now.nanos() + timeoutNanos, later -> close(CircuitEnd.TIMED_OUT, later));
    }

    private void startHop() {
        handshakeSent = false;
        around.effects().compute(new StartHop(this, around, path.get(built)));
    }

    void started(StartHop job, Moment now) {
        if (state == State.CLOSED) {
            job.client().ifPresent(HybridClient::erase);
        } else if (job.client().isEmpty()) {
            close(CircuitEnd.EXTEND_FAILED, now);
        } else {
            handshake = job.client().get();
            sendHandshake();
        }
    }

    private void sendHandshake() {
        HybridClient client = handshake;
        boolean room = built > 0 || outward.credit() >= Fragments.MAX_FRAGMENTS;
        if (client == null || handshakeSent || !channelReady || !room) {
            return;
        }
        handshakeSent = true;
        if (built == 0) {
            outward.plain(Fragments.cells(Kind.CREATE, ChannelCell.CREATE, client.handshake()));
            return;
        }
        for (RelayMessage message : Fragments.messages(Kind.EXTEND, RelayCommand.EXTEND, 0, extension(client))) {
            outward.control(message, ChannelCell.RELAY_EARLY);
        }
    }

    private byte[] extension(HybridClient client) {
        PathHop next = path.get(built);
        WireWriter out = WireWriter.allocate(next.contact().length() + client.handshake().length);
        next.contact().write(out);
        return out.bytes(client.handshake()).toBytes();
    }

    private void answered(byte[] reply) throws MalformedPacketException {
        HybridClient client = handshake;
        if (client == null || !handshakeSent || finishing != null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        finishing = new FinishHop(this, client, reply);
        around.effects().compute(finishing);
    }

    void finished(FinishHop job, Moment now) {
        finishing = null;
        Optional<HopKeys> keys = job.keys();
        if (state == State.CLOSED || keys.isEmpty()) {
            job.erase();
            close(CircuitEnd.PROTOCOL, now);
            return;
        }
        if (outward.isSealing()) {
            throw new IllegalStateException("a circuit is not used while it grows");
        }
        crypto.addHop(keys.get().seed());
        job.erase();
        handshake = null;
        NodeId hop = path.get(built++).id();
        watcher.hopAdded(this, hop, now);
        hopBegunNanos = now.nanos();
        if (built < path.size()) {
            startHop();
            return;
        }
        grown(now);
    }

    private void grown(Moment now) {
        cancel(stepTimer);
        boolean extended = state == State.EXTENDING;
        state = State.READY;
        if (extended) {
            owner.extended(this, now);
        } else {
            owner.built(this, now);
        }
    }

    private void extendRefused(ExtendFailure failure, Moment now) throws MalformedPacketException {
        HybridClient client = handshake;
        if (client == null || !handshakeSent || finishing != null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (state == State.BUILDING) {
            boolean refused = failure == ExtendFailure.BUSY || failure == ExtendFailure.LIMIT;
            close(refused ? CircuitEnd.REFUSED : CircuitEnd.EXTEND_FAILED, now);
            return;
        }
        client.erase();
        handshake = null;
        cancel(stepTimer);
        path.removeLast();
        state = State.READY;
        owner.extendFailed(this, failure, now);
    }

    // ---- the channel

    void channelReady(int initialCredit) {
        channelReady = true;
        outward.credited(initialCredit);
        sendHandshake();
    }

    void credited(int cells) {
        outward.credited(cells);
        sendHandshake();
    }

    void channelClosed(Moment now) {
        channelReady = false;
        close(CircuitEnd.CHANNEL_CLOSED, now);
    }

    /// Cells, which are opened in place.
    void cells(byte[] run, Moment now) throws MalformedPacketException {
        int cells = ChannelCell.count(run);
        cellsReceived += cells;
        meter.moved(cells, now.nanos());
        for (int at = 0; at < run.length && state != State.CLOSED; at += ChannelCell.LENGTH) {
            cell(run, at, now);
        }
        deliver(now);
        require(!outward.isOverfull());
        if (state != State.CLOSED) {
            around.effects().consumed(channel, cells);
        }
    }

    private void cell(byte[] run, int at, Moment now) throws MalformedPacketException {
        ChannelCell.check(run, at);
        switch (ChannelCell.command(run, at)) {
            case ChannelCell.DESTROY -> {
                deliver(now);
                close(isRefusal(run, at) ? CircuitEnd.REFUSED : CircuitEnd.DESTROYED, now);
            }
            case ChannelCell.CREATED -> {
                require(built == 0);
                Optional<byte[]> reply = reassembly.acceptCell(Kind.CREATED, run, at, now.nanos());
                if (reply.isPresent()) {
                    answered(reply.get());
                }
            }
            case ChannelCell.RELAY -> relayed(run, at, now);
            default -> throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    /// Nobody but the first hop can destroy a circuit that has none yet.
    private boolean isRefusal(byte[] run, int at) {
        return built == 0 && (run[at + ChannelCell.BODY_OFFSET] & 0xff) == DestroyReason.RESOURCE_LIMIT.code();
    }

    private void relayed(byte[] run, int at, Moment now) throws MalformedPacketException {
        int hop = crypto.receive(ChannelCell.RELAY, run, at + ChannelCell.BODY_OFFSET);
        if (hop == ClientCircuitCrypto.UNRECOGNISED) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        require(hop == built - 1);
        RelayMessage message = RelayMessage.read(run, at);
        if (message.command() == RelayCommand.DATA) {
            data(message, (run.length - at) / ChannelCell.LENGTH, now);
        } else {
            deliver(now);
            handle(message, now);
        }
    }

    /// Bytes of cells that follow each other on one stream are delivered in one array.
    private void data(RelayMessage message, int cellsLeft, Moment now) throws MalformedPacketException {
        if (receiveWindow.received()) {
            send(ReceiveWindow.sendme(crypto.receivedTag()));
        }
        if (message.stream() != gatheredStream) {
            deliver(now);
            gatheredStream = message.stream();
        }
        if (gathered.length - gatheredBytes < message.bodyLength()) {
            gathered = Arrays.copyOf(gathered, gatheredBytes + cellsLeft * message.bodyLength());
        }
        message.copyBody(gathered, gatheredBytes);
        gatheredBytes += message.bodyLength();
    }

    private void deliver(Moment now) throws MalformedPacketException {
        if (gatheredStream == 0 || state == State.CLOSED) {
            return;
        }
        byte[] bytes = gatheredBytes == gathered.length ? gathered : Arrays.copyOf(gathered, gatheredBytes);
        int stream = gatheredStream;
        gathered = NOTHING;
        gatheredBytes = 0;
        gatheredStream = 0;
        owner.data(this, stream, bytes, now);
    }

    private void handle(RelayMessage message, Moment now) throws MalformedPacketException {
        switch (message.command()) {
            case RelayCommand.EXTENDED -> {
                Optional<byte[]> reply = gather(Kind.EXTENDED, message, now);
                if (reply.isPresent()) {
                    answered(reply.get());
                }
            }
            case RelayCommand.EXTEND_FAILED -> extendRefused(ExtendFailure.of(message.body()), now);
            case RelayCommand.SENDME -> {
                outward.acknowledged(message.body(), now.nanos());
                meter.moved(SendWindow.INCREMENT, now.nanos());
            }
            case RelayCommand.XOFF -> outward.hold(message.stream(), true);
            case RelayCommand.XON -> outward.hold(message.stream(), false);
            case RelayCommand.ECHOED -> echoed(message, now);
            default -> owner.message(this, message, now);
        }
    }

    /// Adds a fragment; the payload when it is complete.
    Optional<byte[]> gather(Kind kind, RelayMessage message, Moment now) throws MalformedPacketException {
        Optional<byte[]> payload = reassembly.acceptMessage(kind, message, now.nanos());
        cancel(fragmentTimer);
        if (payload.isEmpty()) {
            fragmentTimer = around.timers().at(reassembly.deadlineNanos(), later -> close(CircuitEnd.PROTOCOL, later));
        }
        return payload;
    }

    // ---- sending

    /// Sends a control message to the last hop.
    void send(RelayMessage message) {
        outward.control(message, ChannelCell.RELAY);
    }

    /// A stream to the last hop.
    OutwardStream openStream(int id, OutwardStream.Listener listener) {
        return outward.openStream(id, listener);
    }

    /// The other side ended it: nothing more is sent on it.
    void dropStream(int id) {
        outward.dropStream(id);
    }

    /// Something was written to this stream, or it was ended.
    void flush(OutwardStream stream) {
        outward.flush(stream);
    }

    // ---- staying alive

    /// Keeps asking the last hop for an echo, and closes the circuit when none comes.
    void keepAlive(Moment now) {
        cancel(echoTimer);
        long pause = around.jitter(
                around.settings().echoMin().toNanos(),
                around.settings().echoMax().toNanos());
        echoTimer = around.timers().at(now.nanos() + pause, this::sendEcho);
    }

    private void sendEcho(Moment now) {
        byte[] nonce = new byte[ECHO_LENGTH];
        around.keys().nextBytes(nonce);
        echo = nonce.clone();
        long deadline = now.nanos() + around.settings().echoTimeout().toNanos();
        echoTimer = around.timers().at(deadline, later -> close(CircuitEnd.TIMED_OUT, later));
        send(RelayMessage.onCircuit(RelayCommand.ECHO, nonce));
    }

    private void echoed(RelayMessage message, Moment now) throws MalformedPacketException {
        byte[] expected = echo;
        if (expected == null || !MessageDigest.isEqual(expected, message.body())) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        echo = null;
        keepAlive(now);
    }

    /// Tells the owner when the circuit has lived so long.
    void liveFor(long nanos, Moment now) {
        cancel(lifeTimer);
        lifeTimer = around.timers().at(now.nanos() + nanos, later -> owner.expired(this, later));
    }

    // ---- the end

    void close(CircuitEnd reason, Moment now) {
        if (state == State.CLOSED) {
            return;
        }
        boolean grownUp = state != State.BUILDING;
        if (reason != CircuitEnd.CHANNEL_CLOSED && grownUp) {
            outward.pump(now.nanos());
        }
        state = State.CLOSED;
        cancel(stepTimer);
        cancel(echoTimer);
        cancel(fragmentTimer);
        cancel(lifeTimer);
        leaveChannel(reason, grownUp);
        forgetKeys();
        outward.close();
        watcher.closed(this, reason, now);
        owner.closed(this, reason, now);
    }

    private void leaveChannel(CircuitEnd reason, boolean grownUp) {
        if (reason == CircuitEnd.CHANNEL_CLOSED) {
            return;
        }
        if (channelReady && outward.credit() > 0 && !outward.isSealing() && (grownUp || handshakeSent)) {
            outward.plain(ChannelCell.destroy(
                    reason == CircuitEnd.PROTOCOL ? DestroyReason.PROTOCOL : DestroyReason.REQUESTED));
        }
        around.effects().closeChannel(channel);
    }

    private void forgetKeys() {
        if (!outward.isSealing()) {
            crypto.erase();
        }
        if (handshake != null && finishing == null) {
            handshake.erase();
        }
        handshake = null;
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private static void require(boolean holds) throws MalformedPacketException {
        if (!holds) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
    }

    @Override
    public String toString() {
        return "Circuit " + channel + " " + state + " " + Objects.toString(hopIds());
    }
}
