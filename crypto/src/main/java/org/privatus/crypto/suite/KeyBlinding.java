package org.privatus.crypto.suite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// Ed25519 keys that follow from another and a parameter (Tor's rend-spec-v3, appendix A.2): whoever has the public key and
/// the parameter finds the blinded public key, only the owner of the secret signs for it, and without the parameter nobody
/// connects the two.
///
/// ```
///  h               = clamp(first 32 bytes of SHA-512("Derive temporary signing key" ‖ parameter))
///  blinded public  = h · public
///  blinded secret  = h · a mod L ‖ first 32 bytes of SHA-512("Derive temporary signing key hash input" ‖ prefix)
/// ```
///
/// where `a ‖ prefix` is the SHA-512 of the seed, `a` clamped (RFC 8032 §5.1.5). Secrets are worked on in constant time.
final class KeyBlinding {
    private static final byte[] FACTOR_LABEL = ascii("Derive temporary signing key");
    private static final byte[] PREFIX_LABEL = ascii("Derive temporary signing key hash input");
    private static final int KEY_LENGTH = 32;
    private static final byte[] ZERO = new byte[KEY_LENGTH];

    private KeyBlinding() {}

    /// Refuses keys outside the group of prime order: with a part of small order, one place would have several keys.
    static byte[] publicKey(byte[] publicKey, byte[] parameter) throws MalformedPacketException {
        if (publicKey.length != KEY_LENGTH || !Ed25519.validatePublicKeyFull(publicKey, 0)) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        }
        Edwards25519 point =
                Edwards25519.decode(publicKey).orElseThrow(() -> new MalformedPacketException(Reason.WEAK_KEY));
        return point.times(factor(parameter)).encode();
    }

    /// The 64 bytes of the blinded secret, which the caller erases.
    static byte[] secret(byte[] seed, byte[] parameter) {
        byte[] expanded = sha512(seed);
        byte[] scalar = Arrays.copyOf(expanded, KEY_LENGTH);
        X25519.clampPrivateKey(scalar);
        byte[] blinded = Scalar25519.multiplyAdd(scalar, factor(parameter), ZERO);
        byte[] prefix = sha512(PREFIX_LABEL, Arrays.copyOfRange(expanded, KEY_LENGTH, 2 * KEY_LENGTH));
        byte[] out = Arrays.copyOf(blinded, 2 * KEY_LENGTH);
        System.arraycopy(prefix, 0, out, KEY_LENGTH, KEY_LENGTH);
        Arrays.fill(expanded, (byte) 0);
        Arrays.fill(scalar, (byte) 0);
        Arrays.fill(blinded, (byte) 0);
        Arrays.fill(prefix, (byte) 0);
        return out;
    }

    /// A signature under the blinded key that any verifier of Ed25519 accepts (RFC 8032 §5.1.6).
    static byte[] sign(byte[] seed, byte[] parameter, byte[] message) {
        byte[] secret = secret(seed, parameter);
        byte[] scalar = Arrays.copyOf(secret, KEY_LENGTH);
        byte[] prefix = Arrays.copyOfRange(secret, KEY_LENGTH, 2 * KEY_LENGTH);
        byte[] publicKey = Edwards25519.BASE.times(scalar).encode();
        byte[] nonce = Scalar25519.reduce(sha512(prefix, message));
        byte[] commitment = Edwards25519.BASE.times(nonce).encode();
        byte[] challenge = Scalar25519.reduce(sha512(commitment, publicKey, message));
        byte[] response = Scalar25519.multiplyAdd(challenge, scalar, nonce);
        byte[] signature = Arrays.copyOf(commitment, Ed25519.SIGNATURE_SIZE);
        System.arraycopy(response, 0, signature, KEY_LENGTH, KEY_LENGTH);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(scalar, (byte) 0);
        Arrays.fill(prefix, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
        return signature;
    }

    private static byte[] factor(byte[] parameter) {
        if (parameter.length != KEY_LENGTH) {
            throw new IllegalArgumentException("parameter of " + parameter.length + " bytes");
        }
        byte[] factor = Arrays.copyOf(sha512(FACTOR_LABEL, parameter), KEY_LENGTH);
        X25519.clampPrivateKey(factor);
        return factor;
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
