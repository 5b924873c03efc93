package org.privatus.crypto.suite;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.wire.MalformedPacketException;

/// The primitives that every protocol of Privatus is built from. `StandardSuite` computes them; the simulator's keeps
/// every size, and tags that fail on a flipped bit, at a fraction of the cost.
///
/// Implementations are stateless and thread-safe; [Aead], [HeaderMask], [Uiv] and [KemKeyPair] belong to one
/// owner each. Arrays that are passed in are only read, but for an `out`; arrays that are returned are new. An argument of wrong length
/// is a bug of ours and throws unchecked, but for what a peer supplies: there it is a `MalformedPacketException` or
/// `false`.
public interface CryptoSuite {
    /// By what all this is computed; a suite that does not say is a stand-in.
    default CryptoReport report() {
        return CryptoReport.STAND_INS;
    }

    /// SHA-256 of the concatenation.
    byte[] sha256(byte[]... parts);

    /// SHA-256 of `head` and the `length` bytes of `data` from `offset` on, which are not copied for it.
    default byte[] sha256(byte[] head, byte[] data, int offset, int length) {
        return sha256(head, Arrays.copyOfRange(data, offset, offset + length));
    }

    /// As [#sha256(byte[], byte[], int, int)], into the first 32 bytes of `out`, which may be `head`.
    default void sha256(byte[] head, byte[] data, int offset, int length, byte[] out) {
        byte[] hash = sha256(head, data, offset, length);
        System.arraycopy(hash, 0, out, 0, hash.length);
    }

    /// HMAC-SHA-256 of the concatenation.
    byte[] hmacSha256(byte[] key, byte[]... parts);

    /// HMAC-SHA-256 of `length` bytes of `data` from `offset` on, which are not copied for it.
    default byte[] hmacSha256(byte[] key, byte[] data, int offset, int length) {
        return hmacSha256(key, Arrays.copyOfRange(data, offset, offset + length));
    }

    /// As [#hmacSha256(byte[], byte[], int, int)], into the 32 bytes of `out` from `outOffset` on, which may be of the key or
    /// of the data.
    default void hmacSha256(byte[] key, byte[] data, int offset, int length, byte[] out, int outOffset) {
        byte[] mac = hmacSha256(key, data, offset, length);
        System.arraycopy(mac, 0, out, outOffset, mac.length);
        Arrays.fill(mac, (byte) 0);
    }

    /// SHA3-256 of the concatenation.
    byte[] sha3(byte[]... parts);

    /// The first `length` bytes of SHAKE-256 of the concatenation.
    byte[] shake256(int length, byte[]... parts);

    /// AES-256 in counter mode from a zero counter block: encrypts as it decrypts. A key serves once.
    byte[] aes256Ctr(byte[] key32, byte[] data);

    /// A new X25519 secret.
    byte[] x25519Generate(SecureRandom random);

    byte[] x25519Public(byte[] secret);

    /// The shared secret (RFC 7748 §6.1). An all-zero result, which is what a key of small order yields, throws
    /// `WEAK_KEY`.
    byte[] x25519Agree(byte[] secret, byte[] peerPublic) throws MalformedPacketException;

    /// A new Ed25519 seed.
    byte[] ed25519Generate(SecureRandom random);

    byte[] ed25519Public(byte[] seed);

    byte[] ed25519Sign(byte[] seed, byte[] message);

    /// Whether the signature fits; `false` also for keys and signatures that are none.
    boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature);

    /// The public key that follows from `publicKey` and a parameter of 32 bytes ([#ed25519BlindedSign]); `WEAK_KEY` for keys
    /// outside the group of prime order.
    byte[] ed25519BlindedPublic(byte[] publicKey, byte[] parameter) throws MalformedPacketException;

    /// A signature that [#ed25519Verify] accepts under the blinded key of the seed's public key and `parameter` (rend-spec-v3,
    /// appendix A.2).
    byte[] ed25519BlindedSign(byte[] seed, byte[] parameter, byte[] message);

    /// The X25519 public key that is the birational image of an Ed25519 key; `WEAK_KEY` where there is none.
    byte[] x25519OfEd25519Public(byte[] edPublic) throws MalformedPacketException;

    /// The X25519 secret whose public key is the image of the seed's public key.
    byte[] x25519OfEd25519Seed(byte[] seed);

    /// A new key pair of ML-KEM-768.
    KemKeyPair kemGenerate(SecureRandom random);

    /// A fresh secret for the owner of `publicKey` (1,184 bytes).
    KemCapsule kemEncapsulate(byte[] publicKey, SecureRandom random) throws MalformedPacketException;

    /// The secret in `ciphertext` (1,088 bytes). A forged ciphertext yields an unrelated secret, not an error (FIPS
    /// 203: implicit rejection).
    byte[] kemDecapsulate(KemKeyPair pair, byte[] ciphertext) throws MalformedPacketException;

    /// The network's default cipher, AES-256-GCM.
    default Aead aead(byte[] key32) {
        return aead(AeadKind.AES_256_GCM, key32);
    }

    Aead aead(AeadKind kind, byte[] key32);

    /// The mask of packet headers that goes with `kind`.
    HeaderMask headerMask(AeadKind kind, byte[] key32);

    Uiv uiv(byte[] key64);

    /// Argon2id, version 1.3 (RFC 9106).
    byte[] argon2id(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length);
}
