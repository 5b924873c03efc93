package org.privatus.node.link.core.handshake;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.Puzzle;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.identity.PuzzleProof;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.noise.SessionKeys;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.packet.FrameReader;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// The initiator's second step: reads message 2, checks the version and, where the handshake is to be finished, checks the responder's puzzle and writes message 3.
public class FinishJob extends Job {
    private static final Cost STOPPING = Cost.agreements(1);
    private static final Cost FINISHING = Cost.agreements(2).plus(Puzzle.CHECK);

    private final HandshakeContext context;
    private final HandshakeState handshake;
    private final NodeKey to;
    private final byte[] message2;
    private final @Nullable Message3 wanted;

    private @Nullable Reason failure;
    private byte @Nullable [] answer;
    private @Nullable Endpoint observed;
    private OptionalLong token = OptionalLong.empty();
    private @Nullable PuzzleNonce nonce;
    private @Nullable Versions stated;
    private int peerFlags;
    private @Nullable Identified peer;
    private byte @Nullable [] message3;
    private @Nullable SessionKeys keys;

    /// Prepares reading message 2.
    ///
    /// @param handshake after message 1; belongs to the job until it is done
    /// @param message2 a whole datagram of {@link PacketLayout#MESSAGE_2_MIN} to {@link PacketLayout#MAX_PACKET} bytes, which
    ///     {@link HandshakeContext#isProved}; is only read
    /// @param wanted what message 3 is to hold; empty to stop after message 2
    public FinishJob(
            HandshakeContext context,
            HandshakeState handshake,
            NodeKey to,
            byte[] message2,
            Optional<Message3> wanted) {
        this.context = context;
        this.handshake = handshake;
        this.to = to;
        this.message2 = message2;
        this.wanted = wanted.orElse(null);
    }

    /// What the initiator says of itself in message 3.
    public static final class Message3 {
        /// Bytes of frames that message 3 holds.
        public static final int MOST_FRAMES =
                PacketLayout.MESSAGE_3_PAYLOAD - PacketLayout.MESSAGE_3_HEAD - FrameType.VERSIONS_FRAME_MAX;

        private final int flags;
        private final byte[] frames;

        /// What will be said.
        ///
        /// @param frames at most {@link #MOST_FRAMES} bytes
        public Message3(int flags, byte[] frames) {
            this.flags = flags;
            this.frames = frames;
        }

        byte[] payload(HandshakeContext context) {
            NodeIdentity self = context.self();
            WireWriter out =
                    WireWriter.allocate(PacketLayout.MESSAGE_3_HEAD + FrameType.VERSIONS_FRAME_MAX + frames.length);
            self.key().write(out);
            self.nonce().write(out);
            FrameWriter.versions(out.u8(flags), context.versions());
            return out.bytes(frames).toBytes();
        }
    }

    @Override
    public void run() {
        try {
            byte[] opened = HandshakeContext.opened();
            int payload = handshake.read(
                    message2,
                    PacketLayout.MESSAGE_2_NOISE_OFFSET,
                    message2.length - PacketLayout.MESSAGE_2_NOISE_OFFSET - PacketLayout.MAC_LENGTH,
                    opened);
            new FrameReader().read(opened, 0, payload, new Told());
            context.expectNoneBetter(stated);
            if (wanted != null) {
                finish(wanted);
            }
        } catch (MalformedPacketException e) {
            failure = e.reason();
        } finally {
            HandshakeContext.forget(message2.length);
        }
    }

    private void finish(Message3 last) throws MalformedPacketException {
        if (nonce == null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        Optional<PuzzleProof> proof = Puzzle.check(context.suite(), to, nonce, context.puzzleBits());
        if (proof.isEmpty()) {
            throw new MalformedPacketException(Reason.BAD_PUZZLE);
        }
        message3 = message3(last);
        peer = new Identified(to, nonce, proof.get(), peerFlags);
        keys = handshake.split();
    }

    private byte[] message3(Message3 last) throws MalformedPacketException {
        byte[] proofKey = context.proofKey(handshake);
        byte[] payload = last.payload(context);
        byte[] noise = handshake.write(payload);
        byte[] message = WireWriter.allocate(
                        PacketLayout.MESSAGE_3_NOISE_OFFSET + noise.length + PacketLayout.MAC_LENGTH)
                .u8(PacketLayout.MESSAGE_3)
                .u8(context.version())
                .u64(responderId())
                .bytes(noise)
                .zeros(PacketLayout.MAC_LENGTH)
                .toBytes();
        context.writeProof(proofKey, message);
        return message;
    }

    @Override
    public Cost cost() {
        return wanted == null ? STOPPING : FINISHING;
    }

    /// The link id that the responder reads in packets to it.
    public long responderId() {
        try {
            var in = new WireReader(message2);
            in.skip(PacketLayout.MESSAGE_2_SENDER_ID_OFFSET);
            return in.u64();
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("the length was checked", e);
        }
    }

    public Optional<Reason> failure() {
        return Optional.ofNullable(failure);
    }

    /// The best version that both speak, as the peer has stated; 0 if it stated none of ours.
    public int best() {
        return stated == null ? 0 : context.versions().best(stated);
    }

    public HandshakeState handshake() {
        return handshake;
    }

    public Optional<byte[]> answer() {
        return Optional.ofNullable(answer);
    }

    public Optional<Endpoint> observed() {
        return Optional.ofNullable(observed);
    }

    /// What the next message 1 may show, so that it need not be padded.
    public OptionalLong token() {
        return token;
    }

    /// With {@link #message3()} and {@link #keys()}: there when the handshake was to be finished and was.
    public Optional<Identified> peer() {
        return Optional.ofNullable(peer);
    }

    public Optional<byte[]> message3() {
        return Optional.ofNullable(message3);
    }

    public Optional<SessionKeys> keys() {
        return Optional.ofNullable(keys);
    }

    @Override
    public void erase() {
        handshake.erase();
        if (keys != null) {
            keys.erase();
        }
    }

    private final class Told implements FrameHandler {
        @Override
        public void onAnswer(long id, byte[] buffer, int offset, int length) {
            answer = Arrays.copyOfRange(buffer, offset, offset + length);
        }

        @Override
        public void onObservedEndpoint(Endpoint endpoint) {
            observed = endpoint;
        }

        @Override
        public void onAddressToken(long given) {
            token = OptionalLong.of(given);
        }

        @Override
        public void onVersions(Versions spoken) {
            stated = spoken;
        }

        @Override
        public void onIdentity(PuzzleNonce solution, int flags) {
            nonce = solution;
            peerFlags = flags;
        }
    }
}
