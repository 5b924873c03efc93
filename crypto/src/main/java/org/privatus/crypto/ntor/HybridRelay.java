package org.privatus.crypto.ntor;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// The relay's side of [HybridClient]: one step, work for a pool.
public final class HybridRelay {
    public static final Cost ANSWER_COST = Cost.agreements(3).plus(Cost.kems(1));

    private final CryptoSuite suite;
    private final byte[] relayId;
    private final OnionKeys onionKeys;

    /// @param relayId 32 bytes
    /// @param onionKeys those the relay answers to; they stay the caller's
    public HybridRelay(CryptoSuite suite, byte[] relayId, OnionKeys onionKeys) {
        this.suite = suite;
        this.relayId = relayId.clone();
        this.onionKeys = onionKeys;
    }

    /// Checks a client's handshake and answers it, with `extra` in the encrypted part. `BAD_VALUE` if it is meant for
    /// another relay or an onion key that is gone.
    public Answer answer(byte[] clientHandshake, byte[] extra, SecureRandom random) throws MalformedPacketException {
        NtorRelay ntor = NtorRelay.receive(suite, relayId, onionKeys, HybridClient.VERIFICATION, clientHandshake);
        byte[] message = ntor.message();
        if (message.length < KemKeyPair.PUBLIC_KEY_LENGTH) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        KemCapsule capsule = suite.kemEncapsulate(Arrays.copyOf(message, KemKeyPair.PUBLIC_KEY_LENGTH), random);
        NtorRelay.Reply reply = ntor.reply(
                HybridClient.join(capsule.ciphertext(), extra),
                X25519KeyPair.generate(suite, random),
                HopSeed.NTOR_KEY_LENGTH);
        byte[] seed = HopSeed.derive(suite, reply.keys(), capsule.secret(), clientHandshake, reply.handshake());
        capsule.erase();
        Arrays.fill(reply.keys(), (byte) 0);
        byte[] clientExtra = Arrays.copyOfRange(message, KemKeyPair.PUBLIC_KEY_LENGTH, message.length);
        return new Answer(reply.handshake(), new HopKeys(seed, clientExtra));
    }

    /// A handshake to send back, and what the relay keeps.
    public static final class Answer {
        private final byte[] handshake;
        private final HopKeys keys;

        private Answer(byte[] handshake, HopKeys keys) {
            this.handshake = handshake;
            this.keys = keys;
        }

        /// 1,152 bytes and `extra`. Not a copy.
        public byte[] handshake() {
            return handshake;
        }

        public HopKeys keys() {
            return keys;
        }
    }
}
