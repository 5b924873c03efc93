package org.privatus.node.link.core.handshake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;

/// Where a message 2 goes and what it says beside an answer.
///
/// @param initiatorId the link id that message 1 asked for
/// @param responderId the link id that message 3 and data packets are to carry
/// @param observed where message 1 came from
/// @param flags our contact flags, for whoever goes on to message 3
public record Message2(long initiatorId, long responderId, Endpoint observed, int flags) {
    byte[] write(HandshakeState state, NodeIdentity self, Optional<byte[]> answer) throws MalformedPacketException {
        byte[] noise = state.write(payload(self, answer.orElse(null)));
        return WireWriter.allocate(PacketLayout.MESSAGE_2_NOISE_OFFSET + noise.length)
                .u8(PacketLayout.MESSAGE_2)
                .u8(PacketLayout.WIRE_VERSION)
                .u64(initiatorId)
                .u64(responderId)
                .bytes(noise)
                .toBytes();
    }

    private byte[] payload(NodeIdentity self, byte @Nullable [] answer) {
        WireWriter out = WireWriter.allocate(PacketLayout.MESSAGE_2_PAYLOAD);
        FrameWriter.observedEndpoint(out, observed);
        if (answer != null) {
            FrameWriter.answer(out, 0, answer);
        } else {
            FrameWriter.identity(out, self.nonce(), flags);
        }
        return out.toBytes();
    }
}
