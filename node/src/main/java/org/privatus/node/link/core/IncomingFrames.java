package org.privatus.node.link.core;

import java.util.Arrays;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.recovery.AckRanges;

/// Carries out the frames of a packet that has passed its {@link PacketSurvey}.
final class IncomingFrames implements FrameHandler {
    private final Link link;
    private final Link.LinkOwner owner;
    private long now;
    private boolean isClosing;
    /// One response to a packet, however many challenges it holds: it goes to an address that nobody has checked.
    private boolean isChallenged;

    private long challenge;

    IncomingFrames(Link link, Link.LinkOwner owner) {
        this.link = link;
        this.owner = owner;
    }

    void handle(Endpoint sender, byte[] payload, int length, long nowNanos) {
        now = nowNanos;
        isChallenged = false;
        isClosing = false;
        try {
            link.context.frames().read(payload, 0, length, this);
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("passed the survey", e);
        }
        if (isClosing) {
            link.end(ChannelEnd.LINK_CLOSED);
        } else if (isChallenged) {
            link.sendPathResponse(sender, challenge);
        }
    }

    @Override
    public void onAck(AckRanges ranges, long delayNanos) {
        link.onAck(ranges, delayNanos, now);
    }

    @Override
    public void onRequest(long id, byte[] buffer, int offset, int length) {
        link.use(now);
        owner.requestArrived(link, id, Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void onAnswer(long id, byte[] buffer, int offset, int length) {
        link.use(now);
        link.requests.answered(id).ifPresent(request -> {
            link.context.requests.remove(request.requestId);
            link.context.effects.answerArrived(
                    request.requestId, Arrays.copyOfRange(buffer, offset, offset + length), now - request.sentNanos);
        });
    }

    @Override
    public void onChannelOpen(long channel) {
        link.use(now);
        link.channels.onOpen(channel);
    }

    @Override
    public void onCells(long channel, long first, int count, byte[] buffer, int offset) {
        link.use(now);
        if (!link.channels.onCells(channel, first, count, buffer, offset)) {
            link.context.counters.drop(DropReason.VIOLATION);
        }
    }

    @Override
    public void onCredit(long channel, long limit) {
        link.channels.onCredit(channel, limit);
    }

    @Override
    public void onChannelClose(long channel, int reason, long cellsSent) {
        link.channels.onClose(channel, reason, cellsSent);
    }

    /// Only peers that we chose are believed: anybody may dial us, from as many networks as a quorum needs.
    @Override
    public void onObservedEndpoint(Endpoint observed) {
        if (link.dialed) {
            link.context.effects.endpointObserved(link.peer(), observed);
        }
    }

    @Override
    public void onPathChallenge(long data) {
        isChallenged = true;
        challenge = data;
    }

    @Override
    public void onPathResponse(long data) {
        link.onPathResponse(data);
    }

    @Override
    public void onKemKey(int number, byte[] key) {
        link.quantum().onKey(number, key, now);
    }

    @Override
    public void onKemCiphertext(int number, byte[] ciphertext) {
        link.quantum().onCiphertext(number, ciphertext, now);
    }

    @Override
    public void onLinkClose(int reason) {
        isClosing = true;
    }
}
