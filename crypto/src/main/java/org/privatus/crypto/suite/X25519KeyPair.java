package org.privatus.crypto.suite;

import java.security.SecureRandom;
import java.util.Arrays;

/// An X25519 secret with its public key, which costs a scalar multiplication to find: static and
/// fresh keys of handshakes. Arrays are not copied.
public final class X25519KeyPair {
    public static final int KEY_LENGTH = 32;

    private final byte[] secret;
    private final byte[] publicKey;

    /// Takes over both arrays, which must belong together.
    public X25519KeyPair(byte[] secret, byte[] publicKey) {
        if (secret.length != KEY_LENGTH || publicKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException(secret.length + " and " + publicKey.length + " bytes");
        }
        this.secret = secret;
        this.publicKey = publicKey;
    }

    public static X25519KeyPair of(CryptoSuite suite, byte[] secret) {
        return new X25519KeyPair(secret, suite.x25519Public(secret));
    }

    public static X25519KeyPair generate(CryptoSuite suite, SecureRandom random) {
        return of(suite, suite.x25519Generate(random));
    }

    /// Not a copy: [#erase()] clears it.
    public byte[] secret() {
        return secret;
    }

    /// Not a copy.
    public byte[] publicKey() {
        return publicKey;
    }

    public void erase() {
        Arrays.fill(secret, (byte) 0);
    }
}
