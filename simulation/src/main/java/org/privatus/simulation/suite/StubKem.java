package org.privatus.simulation.suite;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// A key-encapsulation mechanism in form only: the public key is a stretched seed, and the ciphertext hides a coin behind a hash
/// of it. Any change to key or ciphertext yields an unrelated secret, as implicit rejection does.
final class StubKem {
    private static final int COIN_LENGTH = 32;
    private static final long KEY = 0x4B45;
    private static final long MASK = 0x4D41;
    private static final long FILL = 0x4649;
    private static final long SECRET = 0x5345;

    private StubKem() {}

    static KemKeyPair generate(SecureRandom random) {
        byte[] seed = bytes(random);
        return new Pair(new StubHash(KEY).add(seed).bytes(KemKeyPair.PUBLIC_KEY_LENGTH));
    }

    static KemCapsule encapsulate(byte[] publicKey, SecureRandom random) throws MalformedPacketException {
        if (publicKey.length != KemKeyPair.PUBLIC_KEY_LENGTH) {
            boolean isShort = publicKey.length < KemKeyPair.PUBLIC_KEY_LENGTH;
            throw new MalformedPacketException(isShort ? Reason.TRUNCATED : Reason.TOO_LONG);
        }
        byte[] coin = bytes(random);
        byte[] ciphertext = new StubHash(FILL).add(publicKey, coin).bytes(KemCapsule.CIPHERTEXT_LENGTH);
        byte[] mask = mask(publicKey);
        for (int i = 0; i < COIN_LENGTH; i++) {
            ciphertext[i] = (byte) (coin[i] ^ mask[i]);
        }
        return new KemCapsule(ciphertext, secret(publicKey, ciphertext, coin));
    }

    static byte[] decapsulate(KemKeyPair pair, byte[] ciphertext) throws MalformedPacketException {
        if (!(pair instanceof Pair own)) {
            throw new IllegalArgumentException("a key pair of another suite");
        }
        if (ciphertext.length != KemCapsule.CIPHERTEXT_LENGTH) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        byte[] coin = mask(own.publicKey);
        for (int i = 0; i < COIN_LENGTH; i++) {
            coin[i] ^= ciphertext[i];
        }
        return secret(own.publicKey, ciphertext, coin);
    }

    private static byte[] mask(byte[] publicKey) {
        return new StubHash(MASK).add(publicKey).bytes(COIN_LENGTH);
    }

    private static byte[] secret(byte[] publicKey, byte[] ciphertext, byte[] coin) {
        return new StubHash(SECRET).add(publicKey, ciphertext, coin).bytes(KemCapsule.SECRET_LENGTH);
    }

    private static byte[] bytes(SecureRandom random) {
        var bytes = new byte[COIN_LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }

    private static final class Pair implements KemKeyPair {
        private final byte[] publicKey;

        Pair(byte[] publicKey) {
            this.publicKey = publicKey;
        }

        @Override
        public byte[] publicKey() {
            return Arrays.copyOf(publicKey, publicKey.length);
        }

        @Override
        public void erase() {
            // there is no private half
        }
    }
}
