package org.privatus.node.link.core.handshake;

import java.util.Optional;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// Where a message 2 goes and what it says beside an answer.
///
/// @param initiatorId the link id that message 1 asked for
/// @param responderId the link id that message 3 and data packets are to carry
/// @param observed where message 1 came from
/// @param flags our contact flags, for whoever goes on to message 3
/// @param token for the next message 1 from there
public record Message2(long initiatorId, long responderId, Endpoint observed, int flags, long token) {
    byte[] write(HandshakeContext context, HandshakeState state, Optional<byte[]> answer)
            throws MalformedPacketException {
        byte[] proofKey = context.proofKey(state);
        int payloadAt = PacketLayout.MESSAGE_2_NOISE_OFFSET + state.payloadOffset();
        int payload = payloadLength(context.versions(), answer);
        byte[] whole = new byte[payloadAt + payload + PacketLayout.TAG_LENGTH + PacketLayout.MAC_LENGTH];
        new WireWriter(whole, 0)
                .u8(PacketLayout.MESSAGE_2)
                .u8(context.version())
                .u64(initiatorId)
                .u64(responderId);
        writePayload(new WireWriter(whole, payloadAt), context, answer);
        state.writeAround(whole, PacketLayout.MESSAGE_2_NOISE_OFFSET, payload);
        context.writeProof(proofKey, whole);
        return whole;
    }

    private int payloadLength(Versions spoken, Optional<byte[]> answer) {
        int said = answer.map(body -> FrameType.REQUEST_HEAD + body.length).orElse(FrameType.IDENTITY_FRAME);
        int stated = FrameType.HEADER + spoken.count();
        int length = stated + FrameType.HEADER + 1 + observed.length() + FrameType.TOKEN_FRAME + said;
        if (length > PacketLayout.MESSAGE_2_PAYLOAD) {
            throw new IllegalArgumentException("an answer of " + said + " bytes");
        }
        return length;
    }

    private void writePayload(WireWriter out, HandshakeContext context, Optional<byte[]> answer) {
        FrameWriter.versions(out, context.versions());
        FrameWriter.observedEndpoint(out, observed);
        FrameWriter.addressToken(out, token);
        if (answer.isPresent()) {
            FrameWriter.answer(out, 0, answer.get());
        } else {
            FrameWriter.identity(out, context.self().nonce(), flags);
        }
    }
}
