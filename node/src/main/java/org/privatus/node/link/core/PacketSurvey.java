package org.privatus.node.link.core;

import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.packet.Versions;
import org.privatus.node.link.core.recovery.AckRanges;

/// Looks through a packet before anything in it has an effect: whether it is well-formed, asks for an acknowledgement, mentions only channels that it
/// may, and whether there is room for its cells. A packet that does not pass is as good as lost: it is not acknowledged.
final class PacketSurvey implements FrameHandler {
    private final LinkContext context;
    private final Channels channels;

    private boolean asksForAck;
    private boolean asksAtOnce;
    private boolean mentionsWrongly;
    private boolean lacksRoom;
    private long lastChannel;
    private long lastSequence;

    PacketSurvey(LinkContext context, Channels channels) {
        this.context = context;
        this.channels = channels;
    }

    /// Why not is counted.
    boolean passes(byte[] payload, int length) {
        asksForAck = false;
        asksAtOnce = false;
        mentionsWrongly = false;
        lacksRoom = false;
        lastChannel = -1;
        try {
            context.frames().read(payload, 0, length, this);
        } catch (MalformedPacketException e) {
            context.counters.drop(DropReason.MALFORMED_FRAMES);
            return false;
        }
        if (mentionsWrongly) {
            context.counters.drop(DropReason.VIOLATION);
        } else if (lacksRoom) {
            context.counters.drop(DropReason.NO_ROOM);
        }
        return !mentionsWrongly && !lacksRoom;
    }

    /// Of the packet that passed last.
    boolean asksForAck() {
        return asksForAck;
    }

    /// Whether it wants the acknowledgement without delay.
    boolean asksAtOnce() {
        return asksAtOnce;
    }

    @Override
    public void onPing() {
        asksForAck = true;
        asksAtOnce = true;
    }

    @Override
    public void onAck(AckRanges ranges, long delayNanos) {}

    @Override
    public void onRequest(long id, byte[] buffer, int offset, int length) {
        asksForAck = true;
    }

    @Override
    public void onAnswer(long id, byte[] buffer, int offset, int length) {
        asksForAck = true;
    }

    @Override
    public void onChannelOpen(long channel) {
        mention(channel);
    }

    @Override
    public void onCells(long channel, long first, int count, byte[] buffer, int offset) {
        mention(channel);
        boolean follows = channel == lastChannel && first == lastSequence + 1 && !lacksRoom;
        lacksRoom |= !follows && !channels.hasRoomFor(channel, first);
        lastChannel = channel;
        lastSequence = first + count - 1;
    }

    @Override
    public void onCredit(long channel, long limit) {
        mention(channel);
    }

    @Override
    public void onChannelClose(long channel, int reason, long cellsSent) {
        mention(channel);
    }

    @Override
    public void onObservedEndpoint(Endpoint observed) {
        asksForAck = true;
    }

    @Override
    public void onPathChallenge(long data) {
        asksForAck = true;
    }

    @Override
    public void onPathResponse(long data) {
        asksForAck = true;
    }

    @Override
    public void onIdentity(PuzzleNonce nonce, int flags) {
        asksForAck = true;
    }

    @Override
    public void onAddressToken(long token) {
        asksForAck = true;
    }

    @Override
    public void onVersions(Versions spoken) {
        asksForAck = true;
    }

    @Override
    public void onUnknown(int type) {
        asksForAck = true;
    }

    private void mention(long channel) {
        asksForAck = true;
        mentionsWrongly |= !channels.mayBeMentioned(channel);
    }
}
