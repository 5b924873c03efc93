package org.privatus.crypto.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;

/// An X25519 pair that circuits to this relay are built with.
public final class OnionKeyPair {
    private final byte[] secret;
    private final OnionKey key;

    private OnionKeyPair(byte[] secret, OnionKey key) {
        this.secret = secret;
        this.key = key;
    }

    public static OnionKeyPair generate(CryptoSuite suite, SecureRandom keys) {
        byte[] secret = suite.x25519Generate(keys);
        return new OnionKeyPair(secret, OnionKey.of(suite.x25519Public(secret)));
    }

    /// A pair that was kept. Copies.
    public static OnionKeyPair restore(CryptoSuite suite, byte[] secret) {
        return new OnionKeyPair(secret.clone(), OnionKey.of(suite.x25519Public(secret)));
    }

    public OnionKey key() {
        return key;
    }

    /// A copy that the caller erases.
    public byte[] secret() {
        return secret.clone();
    }

    public void erase() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "OnionKeyPair " + key;
    }
}
