package org.privatus.crypto.keystore;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.kdf.Hkdf;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.CryptoSuite;

/// 32 random bytes from which everything in and beside a keystore is derived. It never changes: a new passphrase only
/// wraps it anew.
final class MasterKey {
    static final int LENGTH = 32;

    private static final byte[] NO_SALT = new byte[LENGTH];

    private final CryptoSuite suite;
    private final byte[] bytes;

    private MasterKey(CryptoSuite suite, byte[] bytes) {
        this.suite = suite;
        this.bytes = bytes;
    }

    static MasterKey generate(CryptoSuite suite, SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new MasterKey(suite, bytes);
    }

    /// The master key in `wrapped`, or empty when `wrappingKey` is not the one, or `header` not what it was.
    /// `wrappingKey` is erased here.
    static Optional<MasterKey> unwrap(CryptoSuite suite, byte[] wrappingKey, byte[] header, byte[] wrapped) {
        return open(suite, wrappingKey, header, wrapped).map(bytes -> new MasterKey(suite, bytes));
    }

    /// Seals this key under `wrappingKey`, which serves once and is erased here.
    byte[] wrap(byte[] wrappingKey, byte[] header) {
        return seal(suite, wrappingKey, header, bytes);
    }

    /// Seals a body under a key that derives from `salt`, which was never used before.
    byte[] sealBody(byte[] salt, byte[] authenticated, byte[] body) {
        return seal(suite, derive(salt, "privatus keystore body"), authenticated, body);
    }

    Optional<byte[]> openBody(byte[] salt, byte[] authenticated, byte[] sealed) {
        return open(suite, derive(salt, "privatus keystore body"), authenticated, sealed);
    }

    /// A key of 32 bytes for something else; the caller erases it.
    byte[] derive(String label) {
        return derive(NO_SALT, label);
    }

    private byte[] derive(byte[] salt, String label) {
        return hkdf(suite, salt, bytes, label);
    }

    static byte[] hkdf(CryptoSuite suite, byte[] salt, byte[] secret, String label) {
        return Hkdf.derive(suite, salt, secret, label.getBytes(StandardCharsets.US_ASCII), LENGTH);
    }

    void erase() {
        Arrays.fill(bytes, (byte) 0);
    }

    // Every key here seals once, hence the constant nonce.
    private static byte[] seal(CryptoSuite suite, byte[] key, byte[] ad, byte[] plain) {
        Aead aead = suite.aead(key);
        Arrays.fill(key, (byte) 0);
        byte[] sealed = new byte[plain.length + Aead.TAG_LENGTH];
        aead.seal(0, ad, 0, ad.length, plain, 0, plain.length, sealed, 0);
        aead.erase();
        return sealed;
    }

    private static Optional<byte[]> open(CryptoSuite suite, byte[] key, byte[] ad, byte[] sealed) {
        Aead aead = suite.aead(key);
        Arrays.fill(key, (byte) 0);
        byte[] plain = new byte[Math.max(0, sealed.length - Aead.TAG_LENGTH)];
        int length = aead.open(0, ad, 0, ad.length, sealed, 0, sealed.length, plain, 0);
        aead.erase();
        return length < 0 ? Optional.empty() : Optional.of(plain);
    }
}
