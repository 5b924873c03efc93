package org.privatus.simulation.suite;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.HeaderMask;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.Uiv;
import org.privatus.crypto.wire.MalformedPacketException;

/// The primitives of a node whose plaintexts somebody sees just before they are sealed, to read or to change them: what a changed
/// one arrives as is sound to the link and wrong inside.
///
/// @param tap is given a copy of each plaintext; what it leaves there is sealed
public record TappedSuite(CryptoSuite inner, Consumer<byte[]> tap) implements CryptoSuite {
    @Override
    public Aead aead(AeadKind kind, byte[] key32) {
        return new TappedAead(inner.aead(kind, key32), tap);
    }

    @Override
    public byte[] sha256(byte[]... parts) {
        return inner.sha256(parts);
    }

    @Override
    public byte[] sha256(byte[] head, byte[] data, int offset, int length) {
        return inner.sha256(head, data, offset, length);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        return inner.hmacSha256(key, parts);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[] data, int offset, int length) {
        return inner.hmacSha256(key, data, offset, length);
    }

    @Override
    public byte[] sha3(byte[]... parts) {
        return inner.sha3(parts);
    }

    @Override
    public byte[] shake256(int length, byte[]... parts) {
        return inner.shake256(length, parts);
    }

    @Override
    public byte[] aes256Ctr(byte[] key32, byte[] data) {
        return inner.aes256Ctr(key32, data);
    }

    @Override
    public byte[] x25519Generate(SecureRandom random) {
        return inner.x25519Generate(random);
    }

    @Override
    public byte[] x25519Public(byte[] secret) {
        return inner.x25519Public(secret);
    }

    @Override
    public byte[] x25519Agree(byte[] secret, byte[] peerPublic) throws MalformedPacketException {
        return inner.x25519Agree(secret, peerPublic);
    }

    @Override
    public byte[] ed25519Generate(SecureRandom random) {
        return inner.ed25519Generate(random);
    }

    @Override
    public byte[] ed25519Public(byte[] seed) {
        return inner.ed25519Public(seed);
    }

    @Override
    public byte[] ed25519Sign(byte[] seed, byte[] message) {
        return inner.ed25519Sign(seed, message);
    }

    @Override
    public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
        return inner.ed25519Verify(publicKey, message, signature);
    }

    @Override
    public byte[] ed25519BlindedPublic(byte[] publicKey, byte[] parameter) throws MalformedPacketException {
        return inner.ed25519BlindedPublic(publicKey, parameter);
    }

    @Override
    public byte[] ed25519BlindedSign(byte[] seed, byte[] parameter, byte[] message) {
        return inner.ed25519BlindedSign(seed, parameter, message);
    }

    @Override
    public byte[] x25519OfEd25519Public(byte[] edPublic) throws MalformedPacketException {
        return inner.x25519OfEd25519Public(edPublic);
    }

    @Override
    public byte[] x25519OfEd25519Seed(byte[] seed) {
        return inner.x25519OfEd25519Seed(seed);
    }

    @Override
    public KemKeyPair kemGenerate(SecureRandom random) {
        return inner.kemGenerate(random);
    }

    @Override
    public KemCapsule kemEncapsulate(byte[] publicKey, SecureRandom random) throws MalformedPacketException {
        return inner.kemEncapsulate(publicKey, random);
    }

    @Override
    public byte[] kemDecapsulate(KemKeyPair pair, byte[] ciphertext) throws MalformedPacketException {
        return inner.kemDecapsulate(pair, ciphertext);
    }

    @Override
    public HeaderMask headerMask(AeadKind kind, byte[] key32) {
        return inner.headerMask(kind, key32);
    }

    @Override
    public Uiv uiv(byte[] key64) {
        return inner.uiv(key64);
    }

    @Override
    public byte[] argon2id(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        return inner.argon2id(password, salt, memoryKib, passes, lanes, length);
    }

    private record TappedAead(Aead inner, Consumer<byte[]> tap) implements Aead {
        @Override
        public int seal(
                long nonce,
                byte[] ad,
                int adOffset,
                int adLength,
                byte[] in,
                int inOffset,
                int length,
                byte[] out,
                int outOffset) {
            byte[] plain = Arrays.copyOfRange(in, inOffset, inOffset + length);
            tap.accept(plain);
            return inner.seal(nonce, ad, adOffset, adLength, plain, 0, length, out, outOffset);
        }

        @Override
        public int open(
                long nonce,
                byte[] ad,
                int adOffset,
                int adLength,
                byte[] in,
                int inOffset,
                int length,
                byte[] out,
                int outOffset) {
            return inner.open(nonce, ad, adOffset, adLength, in, inOffset, length, out, outOffset);
        }

        @Override
        public void erase() {
            inner.erase();
        }
    }
}
