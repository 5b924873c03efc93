package org.privatus.node.link.core.handshake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;

/// The initiator's first step: writes message 1.
public class DialJob extends Job {
    private static final Cost COST = Cost.agreements(2);

    private final HandshakeContext context;
    private final NodeKey to;
    private final long linkId;
    private final byte @Nullable [] request;

    private byte @Nullable [] message;
    private @Nullable HandshakeState handshake;

    /// Prepares writing message 1.
    ///
    /// @param linkId what the responder's packets are to carry
    /// @param request rides in message 1: idempotent, at most {@link MessageLimits#MAX_REQUEST}
    public DialJob(HandshakeContext context, NodeKey to, long linkId, Optional<byte[]> request) {
        this.context = context;
        this.to = to;
        this.linkId = linkId;
        this.request = request.orElse(null);
    }

    @Override
    public void run() {
        try {
            byte[] responder = context.suite().x25519OfEd25519Public(to.toBytes());
            HandshakeState state = context.initiator(responder);
            byte[] whole = new byte[PacketLayout.MESSAGE_1_LENGTH];
            new WireWriter(whole, 0)
                    .u8(PacketLayout.MESSAGE_1)
                    .u8(PacketLayout.WIRE_VERSION)
                    .u64(linkId);
            writePayload(whole, PacketLayout.MESSAGE_1_NOISE_OFFSET + state.payloadOffset());
            state.writeAround(whole, PacketLayout.MESSAGE_1_NOISE_OFFSET, PacketLayout.MESSAGE_1_PAYLOAD);
            context.writeMac1(whole, responder);
            message = whole;
            handshake = state;
        } catch (MalformedPacketException unusableKey) {
            message = null;
        }
    }

    /// The request, then zeros to the full length: padding.
    private void writePayload(byte[] whole, int offset) {
        if (request != null) {
            FrameWriter.request(new WireWriter(whole, offset), 0, request);
        }
    }

    @Override
    public Cost cost() {
        return COST;
    }

    /// Empty when the responder's key is none that anybody can agree with.
    public Optional<byte[]> message() {
        return Optional.ofNullable(message);
    }

    /// The handshake after {@link #message()}; with it the next step goes on.
    public HandshakeState handshake() {
        if (handshake == null) {
            throw new IllegalStateException("no message was written");
        }
        return handshake;
    }

    @Override
    public void erase() {
        if (handshake != null) {
            handshake.erase();
        }
    }
}
