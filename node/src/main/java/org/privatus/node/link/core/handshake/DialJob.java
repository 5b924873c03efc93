package org.privatus.node.link.core.handshake;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;

/// The initiator's first step: writes message 1.
public class DialJob extends Job {
    private static final Cost COST = Cost.agreements(2);

    private final HandshakeContext context;
    private final NodeKey to;
    private final long linkId;
    private final byte @Nullable [] request;
    private final OptionalLong token;

    private byte @Nullable [] message;
    private @Nullable HandshakeState handshake;

    /// Prepares writing message 1.
    ///
    /// @param linkId what the responder's packets are to carry
    /// @param request rides in message 1: idempotent, at most {@link MessageLimits#MAX_REQUEST}
    /// @param token that the responder gave us; with it the message is not padded to its full length
    public DialJob(HandshakeContext context, NodeKey to, long linkId, Optional<byte[]> request, OptionalLong token) {
        this.context = context;
        this.to = to;
        this.linkId = linkId;
        this.request = request.orElse(null);
        this.token = token;
    }

    @Override
    public void run() {
        try {
            byte[] responder = context.suite().x25519OfEd25519Public(to.toBytes());
            HandshakeState state = context.initiator(responder);
            byte[] whole = new byte[length()];
            new WireWriter(whole, 0)
                    .u8(PacketLayout.MESSAGE_1)
                    .u8(context.version())
                    .u64(linkId);
            writePayload(whole, PacketLayout.MESSAGE_1_NOISE_OFFSET + state.payloadOffset());
            int payload = whole.length - PacketLayout.MESSAGE_1_OVERHEAD;
            state.writeAround(whole, PacketLayout.MESSAGE_1_NOISE_OFFSET, payload);
            context.writeMac1(whole, responder);
            message = whole;
            handshake = state;
        } catch (MalformedPacketException unusableKey) {
            message = null;
        }
    }

    private int length() {
        int asked = request == null ? 0 : FrameType.REQUEST_HEAD + request.length;
        return token.isPresent()
                ? PacketLayout.shortMessage1Length(asked + FrameType.TOKEN_FRAME)
                : PacketLayout.MESSAGE_1_LENGTH;
    }

    /// What is asked, the token, then zeros: padding.
    private void writePayload(byte[] whole, int offset) {
        WireWriter out = new WireWriter(whole, offset);
        if (request != null) {
            FrameWriter.request(out, 0, request);
        }
        token.ifPresent(shown -> FrameWriter.addressToken(out, shown));
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
