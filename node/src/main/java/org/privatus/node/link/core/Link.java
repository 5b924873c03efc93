package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.PacketProtection;
import org.privatus.node.link.core.recovery.AckRanges;
import org.privatus.node.link.core.recovery.AckTracker;
import org.privatus.node.link.core.recovery.CongestionController;
import org.privatus.node.link.core.recovery.Cubic;
import org.privatus.node.link.core.recovery.LossRecovery;
import org.privatus.node.link.core.recovery.Pacer;
import org.privatus.node.link.core.recovery.PathMtu;
import org.privatus.node.link.core.recovery.RttEstimator;

/// One peer after the handshake: packets in both directions, what is in them, and when they leave.
///
/// Every input ends in {@link #flush}, which sends what is owed as far as window and pacing allow. The parts know nothing of each other: {@link Channels}
/// and {@link OwnRequests} say what there is to send, {@link LossRecovery} what has to be sent again and when to probe, {@link AckTracker} what to
/// acknowledge, {@link PathValidator} where the peer may have moved.
final class Link extends Timed implements Carrier, Addressee {
    /// An acknowledgement takes at most this much of a packet, so that two cells fit beside it.
    private static final int MAX_ACK_FRAME = 128;

    final LinkContext context;
    final long localId;
    final boolean dialed;
    final long openedNanos;
    final Channels channels;
    final OwnRequests requests;

    private final long remoteId;
    private final PacketProtection protection;
    private final LinkOwner owner;
    private final RttEstimator rtt = new RttEstimator();
    private final CongestionController congestion;
    private final Pacer pacer = new Pacer(PacketLayout.MAX_PACKET);
    private final PathMtu mtu;
    private final LossRecovery<Channel> recovery;
    private final AckTracker acks = new AckTracker();
    private final PathValidator path;
    private final Outcome outcome = new Outcome();
    private final IncomingFrames incoming;
    private final PacketSurvey survey;

    private final KeyChanges keys;

    /// Made with the first channel of ours, or when the peer begins.
    private @Nullable PostQuantum quantum;

    /// Channels that wait for it.
    private List<Channel> awaitingSecrecy = List.of();

    private Contact peer;
    private @Nullable Confirmation confirmation;
    private long usedNanos;
    private long receivedNanos;
    private long confirmedNanos;
    private long pacedUntil = NEVER;
    private long lossesCounted;
    private boolean pingOwed;
    private boolean observedOwed;
    private boolean isHeld;
    private boolean carrying;
    private boolean carried;
    private int packetStart;
    private boolean closed;

    /// Is told what a link cannot do by itself.
    interface LinkOwner {
        void requestArrived(Link link, long wireId, byte[] body);

        /// The last of its channels is gone.
        void linkIdle(Link link);

        /// Everything of the link has been ended; it is to be forgotten.
        void linkEnded(Link link);
    }

    /// @param message3 what is repeated until the peer confirms; empty for whoever was called
    Link(
            LinkContext context,
            LinkOwner owner,
            long localId,
            long remoteId,
            PacketProtection protection,
            Contact peer,
            Optional<byte[]> message3,
            long now) {
        this.context = context;
        this.owner = owner;
        this.localId = localId;
        this.remoteId = remoteId;
        this.protection = protection;
        this.peer = peer;
        this.dialed = message3.isPresent();
        this.openedNanos = now;
        this.usedNanos = now;
        this.receivedNanos = now;
        this.channels = new Channels(context, this, dialed);
        this.requests = new OwnRequests(context.settings);
        this.congestion = new Cubic(PacketLayout.MAX_PACKET, context.settings.maxWindowBytes());
        this.mtu = new PathMtu(context.settings.maxPacketBytes());
        this.recovery = new LossRecovery<>(rtt, congestion, mtu);
        this.path = new PathValidator(context);
        this.keys = new KeyChanges(context.settings, context.counters, protection, now);
        this.incoming = new IncomingFrames(this, owner);
        this.survey = new PacketSurvey(context, channels);
        this.confirmation =
                message3.map(message -> new Confirmation(context, message, now)).orElse(null);
        this.pingOwed = !dialed;
    }

    Contact peer() {
        return peer;
    }

    /// Whether the peer is known to have the link too.
    boolean isConfirmed() {
        return confirmation == null;
    }

    /// Whether we made this link, and a handshake of the peer's that began at `nanos` began before it was known to have it: the two dialed each other
    /// at once.
    boolean crosses(long nanos) {
        return dialed && (confirmation != null || nanos <= confirmedNanos);
    }

    boolean isIdle() {
        return channels.isEmpty() && awaitingSecrecy.isEmpty();
    }

    long usedNanos() {
        return usedNanos;
    }

    LinkView view() {
        return new LinkView(
                peer,
                dialed,
                channels.size(),
                rtt.smoothed(),
                congestion.window(),
                protection.nextNumber(),
                recovery.packetsLost(),
                openedNanos,
                usedNanos,
                quantum == null ? Secrecy.CLASSICAL : quantum.secrecy());
    }

    PostQuantum quantum() {
        PostQuantum known = quantum;
        if (known == null) {
            known = new PostQuantum(context, new KemCarrying(), dialed);
            quantum = known;
        }
        return known;
    }

    /// What the handshake showed of the path. More than is assumed anyway says nothing: something was lost.
    void sampleRtt(long nanos) {
        if (nanos < RttEstimator.INITIAL_NANOS) {
            rtt.sample(nanos, 0);
        }
    }

    void ask(long requestId, byte[] body, long now) {
        usedNanos = now;
        if (requests.ask(requestId, body, now)) {
            context.requests.put(requestId, this);
            flush(now);
        } else {
            context.requests.remove(requestId);
            context.effects.requestFailed(requestId);
        }
    }

    /// Notes a request that message 3 carries; it may have been cancelled since.
    void noteRiding(long requestId, Optional<byte[]> body, long now) {
        if (body.isEmpty()) {
            requests.skip();
        } else if (requests.note(requestId, body.get(), now)) {
            context.requests.put(requestId, this);
        } else {
            context.failRequest(requestId);
        }
    }

    void answer(long wireId, byte[] body, long now) {
        if (closed) {
            return;
        }
        usedNanos = now;
        requests.answer(wireId, body);
        flush(now);
    }

    @Override
    public void cancel(long requestId, long now) {
        requests.cancel(requestId);
    }

    /// Puts a channel of ours on the link; its owner hears that it may send, or that there are too many.
    void open(Channel channel, long now) {
        usedNanos = now;
        quantum().want();
        if (context.settings.requirePostQuantum() && quantum().secrecy() != Secrecy.POST_QUANTUM) {
            channel.restart(this, -1);
            awaitingSecrecy = new ArrayList<>(awaitingSecrecy);
            awaitingSecrecy.add(channel);
            flush(now);
        } else if (channels.add(channel)) {
            context.effects.channelReady(channel.name, channel.sender.credit());
            flush(now);
        } else {
            context.endChannel(channel, ChannelEnd.LIMIT);
        }
    }

    @Override
    public void send(Channel channel, byte[] run, long now) {
        usedNanos = now;
        channels.send(channel, run);
        flush(now);
    }

    @Override
    public void consumed(Channel channel, int cells, long now) {
        channels.consumed(channel, cells, rtt.smoothed(), now);
        flush(now);
    }

    @Override
    public void close(Channel channel, long now) {
        usedNanos = now;
        if (!awaitingSecrecy.isEmpty() && awaitingSecrecy.remove(channel)) {
            context.channels.remove(channel.name);
            return;
        }
        channels.close(channel, Channel.CLOSE_DONE);
        flush(now);
    }

    /// Takes over what is on another link to the same peer, of which that peer has processed nothing.
    void takeOver(Link other, long now) {
        for (Channel channel : other.channels.takeAll()) {
            if (!channels.add(channel)) {
                context.endChannel(channel, ChannelEnd.LIMIT);
            }
        }
        for (Channel channel : other.takeAwaitingSecrecy()) {
            open(channel, now);
        }
        if (!channels.isEmpty()) {
            quantum().want();
        }
        for (OwnRequests.Outstanding outstanding : other.requests.takeAll()) {
            byte[] body = outstanding.body;
            if (body != null) {
                ask(outstanding.requestId, body, now);
            }
        }
    }

    private List<Channel> takeAwaitingSecrecy() {
        List<Channel> all = awaitingSecrecy;
        awaitingSecrecy = List.of();
        return all;
    }

    void onPacket(Endpoint from, byte[] datagram, int offset, int length, long now) {
        receive(from, datagram, offset, length, now);
        flush(now);
    }

    /// Takes a packet in and leaves it to the caller to {@link #flush}.
    void receive(Endpoint from, byte[] datagram, int offset, int length, long now) {
        if (closed) {
            return;
        }
        byte[] plaintext = context.plaintext(length);
        int opened = protection.open(datagram, offset, length, plaintext);
        if (opened < 0) {
            context.counters.drop(opened == PacketProtection.REPLAYED ? DropReason.REPLAYED : DropReason.FORGED);
            return;
        }
        if (!survey.passes(plaintext, opened)) {
            return;
        }
        acks.onReceived(protection.number(), survey.asksForAck(), survey.asksAtOnce(), now);
        receivedNanos = now;
        confirmed(now);
        keys.onOpened(now);
        if (quantum != null && protection.isSecretReceived()) {
            quantum.onSecretReceived(now);
        }
        if (protection.number() == protection.highestNumber()) {
            notePath(from, length, now);
        }
        incoming.handle(from, plaintext, opened, now);
    }

    /// The frames that came with message 3.
    void onFirstFrames(byte[] frames, long now) {
        if (survey.passes(frames, frames.length)) {
            incoming.handle(peer.endpoint(), frames, frames.length, now);
        }
    }

    /// Whether a message 3 to this link is one that the peer repeats because it has heard nothing of us yet.
    boolean isRepeatOfMessage3(Endpoint from) {
        return !dialed && recovery.largestAcked() < 0 && from.equals(peer.endpoint());
    }

    /// Message 3 came again: the peer does not know yet that we have it.
    void onRepeatedMessage3(long now) {
        pingOwed = true;
        flush(now);
    }

    void use(long now) {
        usedNanos = now;
    }

    void onAck(AckRanges ranges, long delayNanos, long now) {
        long delay = Math.min(delayNanos, AckTracker.MAX_ACK_DELAY_NANOS);
        if (!recovery.onAck(ranges, delay, now, outcome)) {
            context.counters.drop(DropReason.VIOLATION);
        }
        countLosses();
    }

    private void countLosses() {
        context.counters.packetsLost += recovery.packetsLost() - lossesCounted;
        lossesCounted = recovery.packetsLost();
    }

    void onPathResponse(long data) {
        path.onResponse(data).ifPresent(this::moveTo);
    }

    private void confirmed(long now) {
        if (confirmation != null) {
            confirmation = null;
            confirmedNanos = now;
            requests.forgetBodies();
        }
    }

    private void notePath(Endpoint from, int bytes, long now) {
        if (from.equals(peer.endpoint())) {
            path.cancel();
        } else {
            path.onPacketFrom(from, bytes, now);
        }
    }

    private void moveTo(Endpoint proved) {
        boolean sameAddress = proved.hasAddressOf(peer.endpoint());
        peer = peer.at(proved);
        observedOwed = true;
        if (!sameAddress) {
            recovery.onPathChanged();
        }
    }

    @Override
    long deadlineNanos() {
        if (closed) {
            return NEVER;
        }
        long deadline = Math.min(Math.min(recovery.deadlineNanos(), acks.deadlineNanos()), pacedUntil);
        deadline = Math.min(deadline, Math.min(path.deadlineNanos(), deathNanos()));
        deadline = Math.min(deadline, keys.deadlineNanos());
        if (quantum != null) {
            deadline = Math.min(deadline, quantum.deadlineNanos());
        }
        if (confirmation != null) {
            deadline = Math.min(deadline, confirmation.deadlineNanos());
        }
        return Math.min(deadline, restNanos());
    }

    /// When the peer counts as dead if nothing is acknowledged until then.
    private long deathNanos() {
        boolean doubtful = recovery.isAnythingInFlight() && recovery.probeTimeouts() >= context.settings.deathProbes();
        return doubtful ? recovery.waitingSince() + context.settings.deathAfterNanos() : NEVER;
    }

    /// When a link with channels is probed, and one without them closed. Whoever dialed probes first: it may be behind a NAT that has to see a packet leave,
    /// and the answer spares the other side its probe. A link without channels says nothing.
    private long restNanos() {
        if (channels.isEmpty()) {
            return usedNanos + context.settings.idleTimeoutNanos();
        }
        long patience = context.settings.probeAfterNanos() + (dialed ? 0 : context.settings.probeAfterNanos() / 4);
        return recovery.isAnythingInFlight() ? NEVER : receivedNanos + patience;
    }

    @Override
    void onDeadline(long now) {
        if (deathNanos() <= now || (confirmation != null && confirmation.isHopeless(now))) {
            context.counters.linksDied++;
            end(ChannelEnd.LINK_DIED);
            return;
        }
        if (channels.isEmpty() && restNanos() <= now) {
            closeForGood(ChannelEnd.LINK_CLOSED);
            return;
        }
        if (confirmation != null) {
            confirmation.onDeadline(now, peer.endpoint());
        }
        keys.onDeadline(now);
        if (quantum != null) {
            quantum.onDeadline(now);
        }
        recovery.onDeadline(now, outcome);
        countLosses();
        pingOwed |= restNanos() <= now;
        flush(now);
    }

    /// Tells the peer, once, and ends everything.
    void closeForGood(ChannelEnd reason) {
        if (!closed) {
            WireWriter out = beginPacket(peer.endpoint());
            FrameWriter.linkClose(out, 0);
            transmitUntracked(out.position());
            context.train().depart();
            end(reason);
        }
    }

    /// Ends everything without a word to the peer.
    void end(ChannelEnd reason) {
        if (closed) {
            return;
        }
        for (Channel channel : channels.takeAll()) {
            context.endChannel(channel, reason);
        }
        for (Channel channel : takeAwaitingSecrecy()) {
            context.endChannel(channel, reason);
        }
        for (OwnRequests.Outstanding outstanding : requests.takeAll()) {
            context.failRequest(outstanding.requestId);
        }
        closed = true;
        context.deadlines.remove(this);
        protection.erase();
        keys.forgetSecret();
        if (quantum != null) {
            quantum.end();
        }
        owner.linkEnded(this);
    }

    /// Sends what is owed as far as it may leave now, and sets the next deadline.
    void flush(long now) {
        if (closed) {
            return;
        }
        if (context.holding) {
            holdOnce();
            return;
        }
        isHeld = false;
        if (quantum != null && isConfirmed()) {
            quantum.begin(now);
        }
        pingOwed |= keys.advance(recovery.largestAcked(), now);
        path.takeChallenge(now, rtt.probeTimeout(AckTracker.MAX_ACK_DELAY_NANOS))
                .ifPresent(candidate -> sendChallenge(candidate));
        recovery.setWindowLimited(sendWhileAllowed(now));
        if (acks.isDue(now)) {
            sendPacket(false, Optional.empty(), now);
        }
        context.train().depart();
        context.deadlines.update(this);
        noteIdle();
    }

    private void noteIdle() {
        boolean wasCarrying = carrying;
        carrying = !isIdle();
        carried |= carrying;
        if (wasCarrying && !carrying) {
            owner.linkIdle(this);
        }
    }

    /// Whether it has carried channels.
    boolean hasCarried() {
        return carried;
    }

    private void holdOnce() {
        if (!isHeld) {
            isHeld = true;
            context.hold(this);
        }
    }

    /// Whether it ended because the window or the pacer did not allow more.
    private boolean sendWhileAllowed(long now) {
        pacedUntil = NEVER;
        int pathProbe = mtu.probeSize(now);
        if (pathProbe > 0 && recovery.mayCongestionSend(pathProbe)) {
            probePath(pathProbe, now);
        }
        Optional<TrafficClass> cells = channels.nextToSend(now);
        while (recovery.probesOwed() > 0 || cells.isPresent() || hasFramesToSend()) {
            if (recovery.probesOwed() == 0) {
                if (isEarlyLimitReached() || !recovery.mayCongestionSend(recovery.packetSize())) {
                    return true;
                }
                long earliest =
                        pacer.earliest(recovery.packetSize(), congestion.pacingBytesPerSecond(rtt.smoothed()), now);
                if (earliest > now) {
                    pacedUntil = earliest;
                    return true;
                }
            }
            sendPacket(true, cells, now);
            cells = channels.nextToSend(now);
        }
        if (channels.hasCellsToSend()) {
            pacedUntil = context.shaper().earliestNanos();
        }
        return false;
    }

    /// The peer keeps only so many packets while it reads message 3.
    private boolean isEarlyLimitReached() {
        return confirmation != null && protection.nextNumber() >= HalfOpen.QUEUE_LIMIT;
    }

    private boolean hasFramesToSend() {
        return pingOwed || observedOwed || channels.hasFramesToSend() || requests.hasFramesToSend();
    }

    /// Sends one packet: an acknowledgement if there is news, and with `full` whatever else fits.
    private void sendPacket(boolean full, Optional<TrafficClass> cells, long now) {
        WireWriter out = beginPacket(peer.endpoint());
        if (acks.hasNews() || isRepeatedAckUseful()) {
            FrameWriter.ack(out, acks.ranges(), acks.delay(now), MAX_ACK_FRAME);
            acks.onAckSent();
        }
        int untracked = out.position();
        if (full) {
            pingOwed |= recovery.takeAckRequest();
            writeFrames(cells, out);
        }
        if (out.position() == 0) {
            return;
        }
        if (out.position() == untracked) {
            transmitUntracked(out.position());
        } else {
            int bytes = transmit(out.position());
            recovery.onSent(bytes, now);
            if (cells.isPresent()) {
                context.shaper().onSent(cells.get(), bytes);
            }
        }
    }

    /// Acknowledgements are not repeated by themselves; with a probe it costs little, and the peer may be probing for lack of one.
    private boolean isRepeatedAckUseful() {
        return recovery.probesOwed() > 0 && !acks.ranges().isEmpty();
    }

    private void writeFrames(Optional<TrafficClass> cells, WireWriter out) {
        int before = out.position();
        int end = recovery.packetSize() - PacketLayout.DATA_HEADER - PacketLayout.TAG_LENGTH;
        if (observedOwed) {
            observedOwed = false;
            FrameWriter.observedEndpoint(out, peer.endpoint());
        }
        channels.writeFrames(out, end, recovery);
        requests.write(out, end);
        if (cells.isPresent()) {
            channels.writeCells(cells.get(), out, end, recovery, recovery.probesOwed() > 0);
        }
        boolean nothingElse = out.position() == before;
        if (pingOwed || (nothingElse && recovery.probesOwed() > 0)) {
            writePing(out, end);
        }
    }

    private void writePing(WireWriter out, int end) {
        if (end - out.position() >= FrameType.PING_FRAME) {
            pingOwed = false;
            FrameWriter.ping(out);
        }
    }

    private void sendChallenge(Endpoint candidate) {
        WireWriter out = beginPacket(candidate);
        FrameWriter.pathChallenge(out, path.challenge());
        transmitUntracked(out.position());
    }

    void sendPathResponse(Endpoint to, long data) {
        WireWriter out = beginPacket(to);
        FrameWriter.pathResponse(out, data);
        transmitUntracked(out.position());
    }

    /// Where the frames of the next packet go.
    private WireWriter beginPacket(Endpoint to) {
        packetStart = context.train().begin(to, recovery.packetSize());
        return new WireWriter(context.train().bytes(), packetStart + PacketLayout.DATA_HEADER);
    }

    /// Sends a packet of a size that the path may carry or not.
    private void probePath(int bytes, long now) {
        packetStart = context.train().begin(peer.endpoint(), bytes);
        WireWriter out = new WireWriter(context.train().bytes(), packetStart + PacketLayout.DATA_HEADER);
        FrameWriter.ping(out);
        int payload = bytes - PacketLayout.DATA_HEADER - PacketLayout.TAG_LENGTH;
        FrameWriter.padding(out, payload - out.position());
        recovery.onPathProbeSent(transmit(payload), now);
    }

    private void transmitUntracked(int payloadLength) {
        transmit(payloadLength);
        recovery.onSentUntracked();
    }

    private int transmit(int payloadLength) {
        PacketTrain train = context.train();
        int length = protection.seal(remoteId, train.bytes(), packetStart, payloadLength);
        context.counters.datagramsSent++;
        context.counters.bytesSent += length;
        pacer.onSent(length);
        train.add(length);
        return length;
    }

    private final class KemCarrying implements PostQuantum.Carrying {
        @Override
        public void sendKemKey(int number, byte[] publicKey) {
            WireWriter out = beginPacket(peer.endpoint());
            FrameWriter.kemKey(out, number, publicKey);
            transmitUntracked(out.position());
        }

        @Override
        public void sendKemCiphertext(int number, byte[] ciphertext) {
            WireWriter out = beginPacket(peer.endpoint());
            FrameWriter.kemCiphertext(out, number, ciphertext);
            transmitUntracked(out.position());
        }

        @Override
        public void expect(byte[] secret) {
            protection.expect(secret);
        }

        @Override
        public void mixIn(byte[] secret) {
            keys.mixIn(secret);
        }

        @Override
        public void secured(long now) {
            for (Channel channel : takeAwaitingSecrecy()) {
                open(channel, now);
            }
        }

        @Override
        public void notSecured() {
            for (Channel channel : takeAwaitingSecrecy()) {
                context.endChannel(channel, ChannelEnd.UNREACHABLE);
            }
        }

        @Override
        public void flush(long now) {
            Link.this.flush(now);
        }
    }

    private final class Outcome implements LossRecovery.Outcome<Channel> {
        @Override
        public void onAcked(int kind, Channel channel, long first, int count) {
            channels.onAcked(kind, channel, first, count);
        }

        @Override
        public void onLost(int kind, Channel channel, long first, int count) {
            channels.onLost(kind, channel, first, count);
        }

        @Override
        public void onProbe() {
            channels.repeatFirstCells();
        }
    }
}
