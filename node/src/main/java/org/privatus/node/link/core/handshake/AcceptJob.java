package org.privatus.node.link.core.handshake;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.packet.FrameReader;
import org.privatus.node.link.core.packet.PacketLayout;

/// The responder's first step: reads message 1. When it asks nothing, message 2 is written in the same go; else it has to wait for the answer
/// ({@link AnswerJob}).
public class AcceptJob extends Job {
    private static final Cost COST = Cost.agreements(3);

    private final HandshakeContext context;
    private final byte[] message1;
    private final Message2 reply;
    private final AddressTokens.@Nullable Expected expected;

    private @Nullable HandshakeState handshake;
    private byte @Nullable [] request;
    private byte @Nullable [] message2;
    private @Nullable Reason failure;
    private boolean showsToken;

    /// Prepares reading message 1.
    ///
    /// @param message1 a whole datagram, `mac1` checked; is only read
    /// @param expected tokens of which it has to show one, because it is too short to be answered without
    public AcceptJob(
            HandshakeContext context, byte[] message1, Message2 reply, Optional<AddressTokens.Expected> expected) {
        this.context = context;
        this.message1 = message1;
        this.reply = reply;
        this.expected = expected.orElse(null);
    }

    @Override
    public void run() {
        HandshakeState state = context.responder();
        try {
            int length = message1.length - PacketLayout.MESSAGE_1_NOISE_OFFSET - 2 * PacketLayout.MAC_LENGTH;
            byte[] opened = HandshakeContext.opened();
            int payload = state.read(message1, PacketLayout.MESSAGE_1_NOISE_OFFSET, length, opened);
            new FrameReader().read(opened, 0, payload, new Asked());
            if (expected != null && !showsToken) {
                throw new MalformedPacketException(Reason.UNEXPECTED);
            }
            if (request == null) {
                message2 = reply.write(context, state, Optional.empty());
            }
            handshake = state;
        } catch (MalformedPacketException e) {
            state.erase();
            failure = e.reason();
        } finally {
            HandshakeContext.forget(message1.length);
        }
    }

    /// The bytes may be more than are used: message 1 without a request costs both steps.
    @Override
    public Cost cost() {
        return COST;
    }

    public Optional<Reason> failure() {
        return Optional.ofNullable(failure);
    }

    /// What is asked; then message 2 is still to be written.
    public Optional<byte[]> request() {
        return Optional.ofNullable(request);
    }

    /// Written when nothing was asked.
    public Optional<byte[]> message2() {
        return Optional.ofNullable(message2);
    }

    /// The handshake after the last of these messages. Only without a {@link #failure()}.
    public HandshakeState handshake() {
        if (handshake == null) {
            throw new IllegalStateException("message 1 was not readable");
        }
        return handshake;
    }

    @Override
    public void erase() {
        if (handshake != null) {
            handshake.erase();
        }
    }

    private final class Asked implements FrameHandler {
        @Override
        public void onRequest(long id, byte[] buffer, int offset, int length) {
            request = Arrays.copyOfRange(buffer, offset, offset + length);
        }

        @Override
        public void onAddressToken(long token) {
            showsToken = expected != null && expected.contains(token);
        }
    }
}
