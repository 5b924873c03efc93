package org.privatus.node.messaging.core;

import java.util.Arrays;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.kdf.Hkdf;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.noise.NoiseProtocol;
import org.privatus.crypto.noise.SessionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.store.SessionId;

/// What both sides of a first contact agree on: Noise XKhfs between the persons' keys, its prologue, what its messages
/// carry, and how a ratchet starts from it.
///
/// Message 2 carries the responder's first ratchet key, message 3 the initiator's full address. The prologue binds version,
/// network and session.
final class Handshakes {
    static final NoiseProtocol PROTOCOL = NoiseProtocol.XKHFS_AESGCM;
    static final int FIRST_LENGTH = PROTOCOL.overhead(0);
    static final int SECOND_LENGTH = PROTOCOL.overhead(1) + X25519KeyPair.KEY_LENGTH;
    static final int THIRD_LENGTH = PROTOCOL.overhead(2) + PersonAddress.LENGTH;

    private static final byte[] PROLOGUE = Labels.of("privatus conversation");
    private static final byte[] SEED_INFO = Labels.of("privatus ratchet seed 1");

    private Handshakes() {}

    static HandshakeState initiator(Surroundings around, SessionId session, byte[] peer) {
        return HandshakeState.initiator(
                around.suite(), PROTOCOL, prologue(around, session), around.pair(), peer, around.keys());
    }

    static HandshakeState responder(Surroundings around, SessionId session) {
        return HandshakeState.responder(
                around.suite(), PROTOCOL, prologue(around, session), around.pair(), around.keys());
    }

    private static byte[] prologue(Surroundings around, SessionId session) {
        WireWriter out = WireWriter.allocate(PROLOGUE.length + 1 + 2 + SessionId.LENGTH)
                .bytes(PROLOGUE)
                .u8(Frame.VERSION);
        around.network().write(out);
        session.write(out);
        return out.toBytes();
    }

    /// The secret that the ratchet starts from, bound to the whole handshake. Uses up the handshake.
    static byte[] seed(CryptoSuite suite, HandshakeState handshake, boolean initiator) {
        byte[] hash = handshake.handshakeHash();
        SessionKeys split = handshake.split();
        byte[] keys = WireWriter.allocate(2 * SessionKeys.KEY_LENGTH)
                .bytes(initiator ? split.send() : split.receive())
                .bytes(initiator ? split.receive() : split.send())
                .toBytes();
        split.erase();
        byte[] secrets = Hkdf.derive(suite, hash, keys, SEED_INFO, DoubleRatchet.SEED_LENGTH - hash.length);
        byte[] seed = WireWriter.allocate(DoubleRatchet.SEED_LENGTH)
                .bytes(secrets)
                .bytes(hash)
                .toBytes();
        Arrays.fill(keys, (byte) 0);
        Arrays.fill(secrets, (byte) 0);
        return seed;
    }
}
