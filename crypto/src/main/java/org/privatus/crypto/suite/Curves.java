package org.privatus.crypto.suite;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// X25519 (RFC 7748), Ed25519 (RFC 8032) and the map between their keys, by BouncyCastle's lightweight classes.
final class Curves {
    private static final int KEY_LENGTH = 32;

    private Curves() {}

    static byte[] x25519Generate(SecureRandom random) {
        byte[] secret = new byte[KEY_LENGTH];
        X25519.generatePrivateKey(random, secret);
        return secret;
    }

    static byte[] x25519Public(byte[] secret) {
        byte[] out = new byte[KEY_LENGTH];
        X25519.generatePublicKey(ours(secret), 0, out, 0);
        return out;
    }

    static byte[] x25519Agree(byte[] secret, byte[] peerPublic) throws MalformedPacketException {
        byte[] shared = new byte[KEY_LENGTH];
        if (!X25519.calculateAgreement(ours(secret), 0, theirs(peerPublic), 0, shared, 0)) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        }
        return shared;
    }

    static byte[] ed25519Generate(SecureRandom random) {
        byte[] seed = new byte[KEY_LENGTH];
        Ed25519.generatePrivateKey(random, seed);
        return seed;
    }

    static byte[] ed25519Public(byte[] seed) {
        byte[] out = new byte[KEY_LENGTH];
        Ed25519.generatePublicKey(ours(seed), 0, out, 0);
        return out;
    }

    static byte[] ed25519Sign(byte[] seed, byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(ours(seed), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /// Strict: refuses unreduced scalars and encodings, and keys of small order, under which anything would verify.
    static boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == KEY_LENGTH
                && signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    /// u = (1 + y) / (1 - y), RFC 7748 §4.1. Which of the two points ±A it was is lost.
    static byte[] x25519OfEd25519Public(byte[] edPublic) throws MalformedPacketException {
        if (!Ed25519.validatePublicKeyPartial(theirs(edPublic), 0)) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        }
        int[] y = X25519Field.create();
        int[] numerator = X25519Field.create();
        int[] denominator = X25519Field.create();
        X25519Field.decode255(edPublic, y);
        X25519Field.one(numerator);
        X25519Field.sub(numerator, y, denominator);
        X25519Field.add(numerator, y, numerator);
        X25519Field.inv(denominator, denominator);
        X25519Field.mul(numerator, denominator, numerator);
        X25519Field.normalize(numerator);
        byte[] u = new byte[KEY_LENGTH];
        X25519Field.encode(numerator, u);
        return u;
    }

    /// The scalar that RFC 8032 §5.1.5 makes of the seed, clamped.
    static byte[] x25519OfEd25519Seed(byte[] seed) {
        try {
            byte[] expanded = MessageDigest.getInstance("SHA-512").digest(ours(seed));
            byte[] scalar = Arrays.copyOf(expanded, KEY_LENGTH);
            Arrays.fill(expanded, (byte) 0);
            X25519.clampPrivateKey(scalar);
            return scalar;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ours(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        return key;
    }

    private static byte[] theirs(byte[] key) throws MalformedPacketException {
        if (key.length != KEY_LENGTH) {
            throw new MalformedPacketException(key.length < KEY_LENGTH ? Reason.TRUNCATED : Reason.TOO_LONG);
        }
        return key;
    }
}
