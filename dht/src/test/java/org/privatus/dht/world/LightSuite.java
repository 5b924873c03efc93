package org.privatus.dht.world;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.HeaderMask;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.Uiv;

/// Signatures and puzzles by SHA-256: anybody could forge them, but a flipped bit still shows. What the DHT does not use is missing.
public final class LightSuite implements CryptoSuite {
    @Override
    public byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] ed25519Generate(SecureRandom random) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        return seed;
    }

    @Override
    public byte[] ed25519Public(byte[] seed) {
        return sha256(seed);
    }

    @Override
    public byte[] ed25519Sign(byte[] seed, byte[] message) {
        return Arrays.copyOf(sha256(ed25519Public(seed), message), 64);
    }

    @Override
    public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
        return Arrays.equals(Arrays.copyOf(sha256(publicKey, message), 64), signature);
    }

    @Override
    public byte[] x25519OfEd25519Seed(byte[] seed) {
        return seed.clone();
    }

    @Override
    public byte[] argon2id(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        return Arrays.copyOf(sha256(password, salt), length);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] sha3(byte[]... parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] shake256(int length, byte[]... parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] aes256Ctr(byte[] key32, byte[] data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] x25519Generate(SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] x25519Public(byte[] secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] x25519Agree(byte[] secret, byte[] peerPublic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] x25519OfEd25519Public(byte[] edPublic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KemKeyPair kemGenerate(SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KemCapsule kemEncapsulate(byte[] publicKey, SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] kemDecapsulate(KemKeyPair pair, byte[] ciphertext) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Aead aead(AeadKind kind, byte[] key32) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] ed25519BlindedPublic(byte[] publicKey, byte[] parameter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] ed25519BlindedSign(byte[] seed, byte[] parameter, byte[] message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HeaderMask headerMask(AeadKind kind, byte[] key32) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uiv uiv(byte[] key64) {
        throw new UnsupportedOperationException();
    }
}
