package org.privatus.crypto.suite;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.privatus.crypto.wire.MalformedPacketException;

/// The real primitives, each from the provider that is fastest at it: X25519, Ed25519, SHAKE-256 and Argon2id from
/// BouncyCastle's lightweight classes, the rest from the JDK, POLYVAL from here.
///
/// Hashes start from a copy of an untouched digest, which costs a fraction of asking the JDK for a new one.
public final class StandardSuite implements CryptoSuite {
    private static final int SHA256_LENGTH = 32;
    private static final int HMAC_BLOCK_LENGTH = 64;
    private static final byte HMAC_INNER = 0x36;
    private static final byte HMAC_OUTER = 0x5c;

    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest sha3 = digest("SHA3-256");
    private final MlKem768 kem = new MlKem768();
    private final BlockCiphers ciphers;

    public StandardSuite() {
        this(BlockCiphers.best());
    }

    /// With chosen ciphers, for tests and measurements.
    public StandardSuite(BlockCiphers ciphers) {
        this.ciphers = ciphers;
    }

    @Override
    public CryptoReport report() {
        String packets = ciphers == BlockCiphers.DIRECT ? "the JDK's AES and GHASH" : "the JDK's cipher";
        return new CryptoReport(
                "AES-256-GCM by " + packets,
                ciphers.toString(),
                "X25519 and Ed25519 by BouncyCastle",
                "ML-KEM-768 by the JDK");
    }

    @Override
    public byte[] sha256(byte[]... parts) {
        return hash(fresh(sha256), parts);
    }

    @Override
    public byte[] sha256(byte[] head, byte[] data, int offset, int length) {
        byte[] out = new byte[SHA256_LENGTH];
        sha256(head, data, offset, length, out);
        return out;
    }

    @Override
    public void sha256(byte[] head, byte[] data, int offset, int length, byte[] out) {
        MessageDigest digest = fresh(sha256);
        digest.update(head);
        digest.update(data, offset, length);
        finish(digest, out, 0);
    }

    @Override
    public byte[] sha3(byte[]... parts) {
        return hash(fresh(sha3), parts);
    }

    /// RFC 2104. Unlike the JDK's, it takes an empty key, which HKDF needs.
    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        MessageDigest digest = fresh(sha256);
        byte[] block = hmacBlock(digest, key);
        for (byte[] part : parts) {
            digest.update(part);
        }
        byte[] out = new byte[SHA256_LENGTH];
        finishHmac(digest, block, out, 0);
        return out;
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[] data, int offset, int length) {
        byte[] out = new byte[SHA256_LENGTH];
        hmacSha256(key, data, offset, length, out, 0);
        return out;
    }

    @Override
    public void hmacSha256(byte[] key, byte[] data, int offset, int length, byte[] out, int outOffset) {
        MessageDigest digest = fresh(sha256);
        byte[] block = hmacBlock(digest, key);
        digest.update(data, offset, length);
        finishHmac(digest, block, out, outOffset);
    }

    /// Begins the inner hash.
    private static byte[] hmacBlock(MessageDigest digest, byte[] key) {
        byte[] shortKey = key.length > HMAC_BLOCK_LENGTH ? digest.digest(key) : key;
        byte[] block = Arrays.copyOf(shortKey, HMAC_BLOCK_LENGTH);
        addToAll(block, HMAC_INNER);
        digest.update(block);
        return block;
    }

    private static void finishHmac(MessageDigest digest, byte[] block, byte[] out, int outOffset) {
        finish(digest, out, outOffset);
        addToAll(block, (byte) (HMAC_INNER ^ HMAC_OUTER));
        digest.update(block);
        Arrays.fill(block, (byte) 0);
        digest.update(out, outOffset, SHA256_LENGTH);
        finish(digest, out, outOffset);
    }

    private static void finish(MessageDigest digest, byte[] out, int outOffset) {
        try {
            digest.digest(out, outOffset, SHA256_LENGTH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash", e);
        }
    }

    @Override
    public byte[] shake256(int length, byte[]... parts) {
        SHAKEDigest digest = new SHAKEDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[length];
        digest.doFinal(out, 0, length);
        return out;
    }

    @Override
    public byte[] aes256Ctr(byte[] key32, byte[] data) {
        if (key32.length != 32) {
            throw new IllegalArgumentException("key of " + key32.length + " bytes");
        }
        return ciphers.counterMode(key32, data);
    }

    @Override
    public byte[] x25519Generate(SecureRandom random) {
        return Curves.x25519Generate(random);
    }

    @Override
    public byte[] x25519Public(byte[] secret) {
        return Curves.x25519Public(secret);
    }

    @Override
    public byte[] x25519Agree(byte[] secret, byte[] peerPublic) throws MalformedPacketException {
        return Curves.x25519Agree(secret, peerPublic);
    }

    @Override
    public byte[] ed25519Generate(SecureRandom random) {
        return Curves.ed25519Generate(random);
    }

    @Override
    public byte[] ed25519Public(byte[] seed) {
        return Curves.ed25519Public(seed);
    }

    @Override
    public byte[] ed25519Sign(byte[] seed, byte[] message) {
        return Curves.ed25519Sign(seed, message);
    }

    @Override
    public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
        return Curves.ed25519Verify(publicKey, message, signature);
    }

    @Override
    public byte[] ed25519BlindedPublic(byte[] publicKey, byte[] parameter) throws MalformedPacketException {
        return KeyBlinding.publicKey(publicKey, parameter);
    }

    @Override
    public byte[] ed25519BlindedSign(byte[] seed, byte[] parameter, byte[] message) {
        return KeyBlinding.sign(seed, parameter, message);
    }

    @Override
    public byte[] x25519OfEd25519Public(byte[] edPublic) throws MalformedPacketException {
        return Curves.x25519OfEd25519Public(edPublic);
    }

    @Override
    public byte[] x25519OfEd25519Seed(byte[] seed) {
        return Curves.x25519OfEd25519Seed(seed);
    }

    @Override
    public KemKeyPair kemGenerate(SecureRandom random) {
        return kem.generate(random);
    }

    @Override
    public KemCapsule kemEncapsulate(byte[] publicKey, SecureRandom random) throws MalformedPacketException {
        return kem.encapsulate(publicKey, random);
    }

    @Override
    public byte[] kemDecapsulate(KemKeyPair pair, byte[] ciphertext) throws MalformedPacketException {
        return kem.decapsulate(pair, ciphertext);
    }

    @Override
    public Aead aead(AeadKind kind, byte[] key32) {
        return switch (kind) {
            case AES_256_GCM -> ciphers.gcm(key32);
            case CHACHA20_POLY1305 -> new JcaAead(kind, key32);
        };
    }

    @Override
    public HeaderMask headerMask(AeadKind kind, byte[] key32) {
        if (key32.length != HeaderMask.KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key32.length + " bytes");
        }
        return switch (kind) {
            case AES_256_GCM -> ciphers.headerMask(key32);
            case CHACHA20_POLY1305 -> new ChaChaHeaderMask(key32);
        };
    }

    @Override
    public Uiv uiv(byte[] key64) {
        return ciphers.uiv(key64);
    }

    @Override
    public byte[] argon2id(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        return Argon2id.hash(password, salt, new byte[0], new byte[0], memoryKib, passes, lanes, length);
    }

    private static byte[] hash(MessageDigest digest, byte[][] parts) {
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static void addToAll(byte[] block, byte value) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= value;
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest fresh(MessageDigest untouched) {
        try {
            return (MessageDigest) untouched.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
