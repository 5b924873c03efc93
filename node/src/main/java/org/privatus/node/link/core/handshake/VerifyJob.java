package org.privatus.node.link.core.handshake;

import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.Puzzle;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.identity.PuzzleProof;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.noise.SessionKeys;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// The responder's last step: reads message 3 and checks who it is from. The stated Ed25519 key must have the static key of the handshake as its image,
/// the nonce must solve its puzzle, and no higher version may be spoken by both.
public class VerifyJob extends Job {
    private final HandshakeContext context;
    private final HandshakeState handshake;
    private final byte[] message3;

    private @Nullable Reason failure;
    private @Nullable Identified peer;
    private @Nullable SessionKeys keys;
    private byte[] frames = new byte[0];

    /// Prepares reading message 3.
    ///
    /// @param handshake after message 2; belongs to the job until it is done
    /// @param message3 which {@link HandshakeContext#isProved}; is only read
    public VerifyJob(HandshakeContext context, HandshakeState handshake, byte[] message3) {
        this.context = context;
        this.handshake = handshake;
        this.message3 = message3;
    }

    @Override
    public void run() {
        try {
            byte[] payload = handshake.read(
                    message3,
                    PacketLayout.MESSAGE_3_NOISE_OFFSET,
                    message3.length - PacketLayout.MESSAGE_3_NOISE_OFFSET - PacketLayout.MAC_LENGTH);
            verify(payload);
        } catch (MalformedPacketException e) {
            failure = e.reason();
        }
    }

    private void verify(byte[] payload) throws MalformedPacketException {
        var in = new WireReader(payload);
        NodeKey key = NodeKey.read(in);
        PuzzleNonce nonce = PuzzleNonce.read(in);
        int flags = in.u8();
        Versions stated = Versions.readFrame(in);
        byte[] rest = in.rest();
        byte[] image = context.suite().x25519OfEd25519Public(key.toBytes());
        if (!MessageDigest.isEqual(image, handshake.remoteStatic())) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        Optional<PuzzleProof> proof = Puzzle.check(context.suite(), key, nonce, context.puzzleBits());
        if (proof.isEmpty()) {
            throw new MalformedPacketException(Reason.BAD_PUZZLE);
        }
        context.expectNoneBetter(stated);
        frames = rest;
        peer = new Identified(key, nonce, proof.get(), flags);
        keys = handshake.split();
    }

    @Override
    public Cost cost() {
        return Cost.agreements(1).plus(Puzzle.CHECK);
    }

    public Optional<Reason> failure() {
        return Optional.ofNullable(failure);
    }

    public HandshakeState handshake() {
        return handshake;
    }

    /// Only without a {@link #failure()}, as {@link #keys()}.
    public Optional<Identified> peer() {
        return Optional.ofNullable(peer);
    }

    public Optional<SessionKeys> keys() {
        return Optional.ofNullable(keys);
    }

    /// The first frames of the initiator, as they came.
    public byte[] frames() {
        return frames;
    }

    @Override
    public void erase() {
        handshake.erase();
        if (keys != null) {
            keys.erase();
        }
    }
}
