package org.privatus.crypto.noise;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.kdf.Hkdf;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;

/// Chaining key, transcript hash and current cipher of a handshake (Noise §5.2).
final class SymmetricState {
    private static final int HASH_LENGTH = 32;
    private static final byte[] EMPTY = {};

    private final CryptoSuite suite;
    private final AeadKind kind;
    private final byte[] chainingKey;
    private final byte[] hash;
    private @Nullable CipherState cipher;

    SymmetricState(CryptoSuite suite, NoiseProtocol protocol) {
        byte[] name = protocol.noiseName().getBytes(StandardCharsets.US_ASCII);
        this.suite = suite;
        this.kind = protocol.aead();
        this.hash = name.length <= HASH_LENGTH ? Arrays.copyOf(name, HASH_LENGTH) : suite.sha256(name);
        this.chainingKey = hash.clone();
    }

    private SymmetricState(SymmetricState other) {
        this.suite = other.suite;
        this.kind = other.kind;
        this.hash = other.hash.clone();
        this.chainingKey = other.chainingKey.clone();
        this.cipher = other.cipher == null ? null : other.cipher.fork();
    }

    /// A copy to work on, so that a forged message spoils only the copy.
    SymmetricState fork() {
        return new SymmetricState(this);
    }

    void mixKey(byte[] input) {
        byte[] key = new byte[HASH_LENGTH];
        Hkdf.derivePair(suite, chainingKey, input, chainingKey, key);
        cipher = new CipherState(suite, kind, key);
        Arrays.fill(key, (byte) 0);
    }

    void mixHash(byte[] data) {
        mixHash(data, 0, data.length);
    }

    private void mixHash(byte[] data, int offset, int length) {
        suite.sha256(hash, data, offset, length, hash);
    }

    /// As [#encryptAndHash(byte[])] in place: `length` bytes at `offset`, and the tag behind them.
    void encryptAndHash(byte[] data, int offset, int length) {
        int sealed = cipher == null ? length : cipher.seal(hash, data, offset, length);
        mixHash(data, offset, sealed);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] out = cipher == null ? plaintext : cipher.seal(hash, plaintext);
        mixHash(out);
        return out;
    }

    byte[] decryptAndHash(byte[] message, int offset, int length) throws MalformedPacketException {
        byte[] plaintext = new byte[Math.max(0, length - tagLength())];
        decryptAndHash(message, offset, length, plaintext);
        return plaintext;
    }

    /// As [#decryptAndHash(byte[], int, int)] into `out`; the length of the plaintext.
    int decryptAndHash(byte[] message, int offset, int length, byte[] out) throws MalformedPacketException {
        int opened = length;
        if (cipher == null) {
            System.arraycopy(message, offset, out, 0, length);
        } else {
            opened = cipher.open(hash, message, offset, length, out);
        }
        mixHash(message, offset, length);
        return opened;
    }

    /// By how much [#encryptAndHash] lengthens now.
    int tagLength() {
        return cipher == null ? 0 : Aead.TAG_LENGTH;
    }

    /// The initiator's and then the responder's sending key, 32 bytes each.
    void split(byte[] initiators, byte[] responders) {
        Hkdf.derivePair(suite, chainingKey, EMPTY, initiators, responders);
    }

    byte[] deriveKey(byte[] label) {
        return suite.hmacSha256(chainingKey, label);
    }

    byte[] hash() {
        return hash.clone();
    }

    void erase() {
        Arrays.fill(chainingKey, (byte) 0);
        cipher = null;
    }
}
