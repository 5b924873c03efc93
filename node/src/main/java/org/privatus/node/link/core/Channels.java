package org.privatus.node.link.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.recovery.LossRecovery;

/// The channels of one link. Their numbers say who opened them (the lowest bit: 0 whoever dialled the link) and what for (the highest: 0 a circuit, 1 direct
/// talk); each side counts what it opens for each purpose. Cells leave round robin, one per channel and turn, so that a full channel holds none up.
final class Channels {
    /// Channels above a peer's limit that may exist while they are refused, or until it hears that others are closed.
    private static final int CLOSING_ALLOWANCE = 256;

    /// Cells by which the windows of all channels of a link may grow: beyond what all may send at first, a peer may fill 8 MB.
    private static final int MAX_WIDENING = 16_384;

    /// Cells that owners may have handed in, or be told that they may, before the peer has acknowledged them, beyond what each channel may send at first:
    /// 8 MB for a link, 32 MB for all. A peer that allows much and acknowledges nothing makes us keep no more.
    static final int MAX_PROMISED = 16_384;

    private static final int MAX_PROMISED_BY_ALL = 65_536;

    /// Cells that a channel sends before others have their turn.
    private static final int CELLS_PER_TURN = 16;

    private static final long STEP = 2;
    private static final long DIRECT = 1L << 31;

    /// What packets carry that is sent again when it is lost. Requests, answers and the like are not listed: nobody repeats them.
    private static final int OPEN = 1;

    private static final int CREDIT = 2;
    private static final int CLOSE = 3;
    private static final int CELLS = 4;

    private final LinkContext context;
    private final Link link;
    private final long peerParity;
    private final ById<Channel> byWireId = new ById<>();
    private final CellQueues withCells = new CellQueues();
    private final ArrayDeque<Channel> controlQueue = new ArrayDeque<>(1);

    /// Next numbers: of circuits, and of direct talk.
    private long nextOwn;

    private long nextOfPeer;
    private long nextOwnDirect;
    private long nextOfPeerDirect;
    private int openedByPeer;
    private int openedByUs;
    private int reordered;

    /// Cells by which windows are wider than at first.
    private int widened;

    private int promisedBeyond;

    Channels(LinkContext context, Link link, boolean initiator) {
        this.context = context;
        this.link = link;
        this.nextOwn = initiator ? 0 : 1;
        this.nextOfPeer = 1 - nextOwn;
        this.nextOwnDirect = DIRECT | nextOwn;
        this.nextOfPeerDirect = DIRECT | nextOfPeer;
        this.peerParity = nextOfPeer;
    }

    int size() {
        return byWireId.size();
    }

    boolean isEmpty() {
        return byWireId.size() == 0;
    }

    /// Puts a channel of ours on the link, new or from elsewhere; it may be sent on at once. False if there are too many.
    boolean add(Channel channel) {
        if (openedByUs >= context.settings.channelsPerLink() || context.hasAllChannels()) {
            return false;
        }
        channel.restart(link, takeOwnNumber(ChannelIds.owner(channel.name) == ChannelIds.DIRECT));
        openedByUs++;
        byWireId.put(channel.wireId(), channel);
        countPromised(channel);
        oweFrame(channel);
        oweCells(channel);
        return true;
    }

    void send(Channel channel, byte[] run) {
        if (!channel.isClosedByUs()) {
            channel.sender.accept(run);
            oweCells(channel);
        }
    }

    /// The owner wants no more of it; it hears no more of it either.
    void close(Channel channel, int reason) {
        context.channels.remove(channel.name);
        if (channel.receiver.isEnded()) {
            remove(channel);
            return;
        }
        reordered -= context.releaseCells(channel.receiver.discard());
        channel.close(reason);
        oweFrame(channel);
    }

    /// Takes all channels off the link, in order of their numbers.
    List<Channel> takeAll() {
        List<Channel> all = byWireId.values();
        for (Channel channel : all) {
            reordered -= context.releaseCells(channel.receiver.discard());
            forgetPromised(channel);
        }
        byWireId.clear();
        withCells.clear();
        controlQueue.clear();
        return all;
    }

    /// Whether a cell could be taken in now. Of an unknown number it is the first of its channel, or a late one, which costs nothing.
    boolean hasRoomFor(long wireId, long sequence) {
        Channel channel = byWireId.get(wireId);
        long inOrder = channel == null ? 0 : channel.receiver.next();
        return sequence <= inOrder
                || (reordered < context.settings.reorderedCellsPerLink()
                        && context.reorderedCells < context.settings.reorderedCells());
    }

    /// Whether the peer may mention that number: its own next ones within limits, or one of ours that exists or did.
    boolean mayBeMentioned(long wireId) {
        if ((wireId & 1) != peerParity) {
            return wireId < (isDirect(wireId) ? nextOwnDirect : nextOwn);
        }
        long next = nextOfPeer(isDirect(wireId));
        long opening = wireId < next ? 0 : (wireId - next) / STEP + 1;
        return openedByPeer + opening <= (long) context.settings.channelsPerLink() + CLOSING_ALLOWANCE;
    }

    void onOpen(long wireId) {
        openUpTo(wireId);
    }

    /// Returns false if the peer had no credit for the cells.
    boolean onCells(long wireId, long first, int count, byte[] buffer, int offset) {
        openUpTo(wireId);
        Channel channel = byWireId.get(wireId);
        if (channel == null || channel.isClosedByUs()) {
            return true;
        }
        CellReceiver receiver = channel.receiver;
        if (!receiver.isAllowed(first + count - 1)) {
            return false;
        }
        long before = receiver.next();
        if (first == before && !receiver.keepsAny()) {
            receiver.advance(buffer, offset, count);
            context.counters.cellsReceived += count;
        } else {
            takeOneByOne(receiver, first, count, buffer, offset);
        }
        if (receiver.next() > before) {
            context.hasCells(channel);
            endIfComplete(channel);
        }
        return true;
    }

    private void takeOneByOne(CellReceiver receiver, long first, int count, byte[] buffer, int offset) {
        for (int i = 0; i < count; i++) {
            long sequence = first + i;
            int at = offset + i * Channel.CELL_LENGTH;
            if (!receiver.isNews(sequence)) {
                continue;
            }
            context.counters.cellsReceived++;
            if (sequence == receiver.next()) {
                receiver.advance(buffer, at, 1);
                reordered -= context.releaseCells(receiver.advanceOverKept());
            } else {
                receiver.keep(sequence, buffer, at);
                reordered++;
                context.reorderedCells++;
            }
        }
    }

    /// The owner has done with so many cells.
    void consumed(Channel channel, int cells, long rttNanos, long now) {
        CellReceiver receiver = channel.receiver;
        int before = receiver.window();
        int widest = Math.min(Channel.MAX_WINDOW, before + MAX_WIDENING - widened);
        if (receiver.renewCredit(cells, widest, rttNanos, now) && !channel.isClosedByUs()) {
            channel.creditOwed = true;
            oweFrame(channel);
        }
        widened += receiver.window() - before;
    }

    void onCredit(long wireId, long limit) {
        Channel channel = find(wireId);
        if (channel != null) {
            channel.sender.onCredit(limit);
            announceCredit(channel);
        }
    }

    void onClose(long wireId, int reason, long cellsSent) {
        openUpTo(wireId);
        Channel channel = byWireId.get(wireId);
        if (channel == null) {
            return;
        }
        channel.sender.discard();
        countPromised(channel);
        if (channel.isClosedByUs()) {
            remove(channel);
        } else if (reason == Channel.CLOSE_REFUSED) {
            end(channel, ChannelEnd.REFUSED);
        } else {
            channel.receiver.endAt(cellsSent);
            endIfComplete(channel);
        }
    }

    private void endIfComplete(Channel channel) {
        if (channel.receiver.isComplete()) {
            end(channel, ChannelEnd.CLOSED_BY_PEER);
        }
    }

    private void end(Channel channel, ChannelEnd reason) {
        remove(channel);
        context.endChannel(channel, reason);
    }

    /// A lost frame is owed again.
    void onLost(int kind, Channel channel, long first, int count) {
        switch (kind) {
            case OPEN -> {
                channel.openOwed = true;
                oweFrame(channel);
            }
            case CREDIT -> {
                channel.creditOwed = !channel.isClosedByUs();
                oweFrame(channel);
            }
            case CLOSE -> {
                channel.closeOwed = true;
                oweFrame(channel);
            }
            case CELLS -> {
                channel.sender.onLost(first, count);
                oweCells(channel);
            }
            default -> throw new IllegalStateException("no frame is of kind " + kind);
        }
    }

    void onAcked(int kind, Channel channel, long first, int count) {
        if (kind == CLOSE) {
            channel.onCloseAcked();
            removeIfFinished(channel);
        } else if (kind == CELLS) {
            channel.sender.onAcked(first, count);
            announceCredit(channel);
            removeIfFinished(channel);
        }
    }

    /// For a probe: each channel's first cell that is not acknowledged, without which the peer can do nothing with the others.
    void repeatFirstCells() {
        for (Channel channel : byWireId.values()) {
            channel.sender.repeatFirst();
            oweCells(channel);
        }
    }

    boolean hasFramesToSend() {
        return !controlQueue.isEmpty();
    }

    boolean hasCellsToSend() {
        return !withCells.isEmpty();
    }

    /// Writes OPEN, CREDIT and CLOSE frames as long as there is room.
    void writeFrames(WireWriter out, int end, LossRecovery<Channel> packet) {
        while (!controlQueue.isEmpty()
                && end - out.position() >= FrameType.OPEN_FRAME + FrameType.CREDIT_FRAME + FrameType.CLOSE_FRAME) {
            Channel channel = controlQueue.poll();
            channel.inControlQueue = false;
            if (byWireId.get(channel.wireId()) == channel) {
                writeFrames(channel, out, packet);
            }
        }
    }

    private static void writeFrames(Channel channel, WireWriter out, LossRecovery<Channel> packet) {
        if (channel.openOwed) {
            channel.openOwed = false;
            FrameWriter.channelOpen(out, channel.wireId());
            packet.carries(OPEN, channel, 0, 0);
        }
        if (channel.creditOwed) {
            channel.creditOwed = false;
            FrameWriter.credit(out, channel.wireId(), channel.receiver.granted());
            packet.carries(CREDIT, channel, 0, 0);
        }
        if (channel.closeOwed) {
            channel.closeOwed = false;
            FrameWriter.channelClose(out, channel.wireId(), channel.closeReason(), channel.sender.taken());
            packet.carries(CLOSE, channel, 0, 0);
        }
    }

    /// Whose cells go next, if any may go now.
    Optional<TrafficClass> nextToSend(long now) {
        return withCells.isEmpty() ? Optional.empty() : context.shaper().next(withCells, now);
    }

    /// Writes cells of one class as long as there is room.
    ///
    /// @param probe to write no more of a channel than what its receiver needs first: somebody who keeps nothing that comes too early would refuse all
    void writeCells(TrafficClass traffic, WireWriter out, int end, LossRecovery<Channel> packet, boolean probe) {
        int turns = probe ? withCells.size(traffic) : Integer.MAX_VALUE;
        while (turns > 0
                && withCells.hasCells(traffic)
                && end - out.position() >= FrameType.CELLS_HEAD + FrameType.CELL_LENGTH) {
            turns--;
            Channel channel = withCells.take(traffic);
            if (byWireId.get(channel.wireId()) == channel && channel.sender.hasSomethingToSend()) {
                int room = (end - out.position() - FrameType.CELLS_HEAD) / FrameType.CELL_LENGTH;
                writeCells(channel, Math.min(room, CELLS_PER_TURN), out, packet);
                oweCells(channel);
            }
        }
    }

    private void writeCells(Channel channel, int most, WireWriter out, LossRecovery<Channel> packet) {
        CellSender sender = channel.sender;
        boolean repeated = sender.isNextRepeated();
        long first = sender.first();
        int count = sender.take(first, most);
        if (repeated) {
            context.counters.cellsRepeated += count;
        } else {
            context.counters.cellsSent += count;
        }
        FrameWriter.cellsHead(out, channel.wireId(), first, count);
        sender.write(first, count, out);
        packet.carries(CELLS, channel, first, count);
    }

    private void openUpTo(long wireId) {
        if ((wireId & 1) != peerParity) {
            return;
        }
        boolean direct = isDirect(wireId);
        int owner = direct ? ChannelIds.INBOUND_DIRECT : ChannelIds.INBOUND;
        while (nextOfPeer(direct) <= wireId) {
            long number = takeNumberOfPeer(direct);
            long name = ChannelIds.of(owner, context.nextInbound());
            var channel = new Channel(name, link, number, false);
            byWireId.put(number, channel);
            context.channels.put(name, channel);
            openedByPeer++;
            if (openedByPeer > context.settings.channelsPerLink() || context.hasAllChannels()) {
                close(channel, Channel.CLOSE_REFUSED);
            } else {
                context.effects.channelOpened(name, link.peer(), channel.sender.credit());
            }
        }
    }

    private static boolean isDirect(long wireId) {
        return (wireId & DIRECT) != 0;
    }

    private long nextOfPeer(boolean direct) {
        return direct ? nextOfPeerDirect : nextOfPeer;
    }

    private long takeNumberOfPeer(boolean direct) {
        long number = nextOfPeer(direct);
        if (direct) {
            nextOfPeerDirect += STEP;
        } else {
            nextOfPeer += STEP;
        }
        return number;
    }

    private long takeOwnNumber(boolean direct) {
        long number = direct ? nextOwnDirect : nextOwn;
        if (direct) {
            nextOwnDirect += STEP;
        } else {
            nextOwn += STEP;
        }
        return number;
    }

    private @Nullable Channel find(long wireId) {
        openUpTo(wireId);
        return byWireId.get(wireId);
    }

    private void announceCredit(Channel channel) {
        countPromised(channel);
        int more = channel.isClosedByUs() ? 0 : channel.sender.takeNewCredit(mostPromised(channel));
        if (more > 0) {
            countPromised(channel);
            context.effects.channelCredit(channel.name, more);
        }
    }

    private int mostPromised(Channel channel) {
        int room = Math.min(MAX_PROMISED - promisedBeyond, MAX_PROMISED_BY_ALL - context.promisedBeyond);
        return Math.min(Channel.MAX_WINDOW, Channel.INITIAL_CREDIT + channel.promisedBeyond + Math.max(0, room));
    }

    private void countPromised(Channel channel) {
        setPromised(channel, Math.max(0, channel.sender.promised() - Channel.INITIAL_CREDIT));
    }

    private void forgetPromised(Channel channel) {
        setPromised(channel, 0);
    }

    private void setPromised(Channel channel, int beyond) {
        promisedBeyond += beyond - channel.promisedBeyond;
        context.promisedBeyond += beyond - channel.promisedBeyond;
        channel.promisedBeyond = beyond;
    }

    private void removeIfFinished(Channel channel) {
        if (channel.isFinished()) {
            remove(channel);
        }
    }

    private void remove(Channel channel) {
        if (byWireId.remove(channel.wireId(), channel)) {
            reordered -= context.releaseCells(channel.receiver.discard());
            forgetPromised(channel);
            widened -= channel.receiver.window() - Channel.INITIAL_CREDIT;
            openedByUs -= channel.openedByUs ? 1 : 0;
            openedByPeer -= channel.openedByUs ? 0 : 1;
        }
    }

    private void oweFrame(Channel channel) {
        if (!channel.inControlQueue && byWireId.get(channel.wireId()) == channel) {
            channel.inControlQueue = true;
            controlQueue.add(channel);
        }
    }

    private void oweCells(Channel channel) {
        if (channel.sender.hasSomethingToSend()) {
            withCells.add(channel);
        }
    }
}
