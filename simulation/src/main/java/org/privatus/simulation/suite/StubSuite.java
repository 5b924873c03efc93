package org.privatus.simulation.suite;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.HeaderMask;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.Uiv;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// The suite of simulated nodes. All sizes are the real ones; agreement commutes and follows the map from Ed25519 to X25519;
/// tags and signatures fail on any flipped bit; what is sealed is hidden on the wire. It costs nanoseconds where the real suite
/// costs microseconds, and gives no security: a signature can be made from the public key, and a reader of this code can open
/// everything.
public final class StubSuite implements CryptoSuite {
    private static final byte[] NONE = {};
    private static final int HASH_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    private static final long SHA256 = 0x5332;
    private static final long SHA3 = 0x5333;
    private static final long SHAKE = 0x534B;
    private static final long HMAC = 0x484D;
    private static final long STREAM = 0x4354;
    private static final long SIGN = 0x5347;
    private static final long IMAGE = 0x494D;
    private static final long SHARED = 0x5348;
    private static final long BLIND = 0x424C;
    private static final long ARGON = 0x4152;

    @Override
    public byte[] sha256(byte[]... parts) {
        return new StubHash(SHA256).add(parts).bytes(HASH_LENGTH);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[]... parts) {
        long keyed = new StubHash(HMAC).add(key).word();
        return new StubHash(keyed).add(parts).bytes(HASH_LENGTH);
    }

    @Override
    public byte[] sha256(byte[] head, byte[] data, int offset, int length) {
        var out = new byte[HASH_LENGTH];
        sha256(head, data, offset, length, out);
        return out;
    }

    @Override
    public void sha256(byte[] head, byte[] data, int offset, int length, byte[] out) {
        StubHash.hash(SHA256, head, data, offset, length, out, 0, HASH_LENGTH);
    }

    @Override
    public byte[] hmacSha256(byte[] key, byte[] data, int offset, int length) {
        var out = new byte[HASH_LENGTH];
        hmacSha256(key, data, offset, length, out, 0);
        return out;
    }

    @Override
    public void hmacSha256(byte[] key, byte[] data, int offset, int length, byte[] out, int outOffset) {
        long keyed = StubHash.hash(HMAC, NONE, key, 0, key.length, NONE, 0, 0);
        StubHash.hash(keyed, NONE, data, offset, length, out, outOffset, HASH_LENGTH);
    }

    @Override
    public byte[] sha3(byte[]... parts) {
        return new StubHash(SHA3).add(parts).bytes(HASH_LENGTH);
    }

    @Override
    public byte[] shake256(int length, byte[]... parts) {
        return new StubHash(SHAKE).add(parts).bytes(length);
    }

    @Override
    public byte[] aes256Ctr(byte[] key32, byte[] data) {
        byte[] out = new StubHash(STREAM).add(ours(key32)).bytes(data.length);
        for (int i = 0; i < out.length; i++) {
            out[i] ^= data[i];
        }
        return out;
    }

    @Override
    public byte[] x25519Generate(SecureRandom random) {
        return generate(random);
    }

    @Override
    public byte[] x25519Public(byte[] secret) {
        return StubGroup.encode(StubGroup.multiple(StubGroup.factor(ours(secret))), StubGroup.AGREEMENT);
    }

    @Override
    public byte[] x25519Agree(byte[] secret, byte[] peerPublic) throws MalformedPacketException {
        long element = StubGroup.element(theirs(peerPublic));
        if (element == 0) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        }
        long shared = StubGroup.multiple(element, StubGroup.factor(ours(secret)));
        long mismatch = StubGroup.mismatch(peerPublic, StubGroup.AGREEMENT);
        return new StubHash(SHARED).add(shared).add(mismatch).bytes(HASH_LENGTH);
    }

    @Override
    public byte[] ed25519Generate(SecureRandom random) {
        return generate(random);
    }

    @Override
    public byte[] ed25519Public(byte[] seed) {
        return StubGroup.encode(StubGroup.multiple(StubGroup.factor(x25519OfEd25519Seed(seed))), StubGroup.SIGNATURE);
    }

    @Override
    public byte[] ed25519Sign(byte[] seed, byte[] message) {
        return signature(ed25519Public(seed), message);
    }

    @Override
    public boolean ed25519Verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == StubGroup.KEY_LENGTH
                && signature.length == SIGNATURE_LENGTH
                && StubGroup.element(publicKey) != 0
                && StubGroup.mismatch(publicKey, StubGroup.SIGNATURE) == 0
                && Arrays.equals(signature(publicKey, message), signature);
    }

    private static byte[] signature(byte[] publicKey, byte[] message) {
        return new StubHash(SIGN).add(publicKey, message).bytes(SIGNATURE_LENGTH);
    }

    @Override
    public byte[] ed25519BlindedPublic(byte[] publicKey, byte[] parameter) throws MalformedPacketException {
        return StubGroup.encode(blinded(signing(publicKey), parameter), StubGroup.SIGNATURE);
    }

    @Override
    public byte[] ed25519BlindedSign(byte[] seed, byte[] parameter, byte[] message) {
        long element = StubGroup.multiple(StubGroup.factor(x25519OfEd25519Seed(seed)));
        return signature(StubGroup.encode(blinded(element, parameter), StubGroup.SIGNATURE), message);
    }

    private static long blinded(long element, byte[] parameter) {
        return StubGroup.multiple(
                element,
                StubGroup.factor(new StubHash(BLIND).add(ours(parameter)).bytes(HASH_LENGTH)));
    }

    /// The element of a key that signs.
    private static long signing(byte[] edPublic) throws MalformedPacketException {
        long element = StubGroup.element(theirs(edPublic));
        if (element == 0 || StubGroup.mismatch(edPublic, StubGroup.SIGNATURE) != 0) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        }
        return element;
    }

    @Override
    public byte[] x25519OfEd25519Public(byte[] edPublic) throws MalformedPacketException {
        return StubGroup.encode(signing(edPublic), StubGroup.AGREEMENT);
    }

    @Override
    public byte[] x25519OfEd25519Seed(byte[] seed) {
        return new StubHash(IMAGE).add(ours(seed)).bytes(StubGroup.KEY_LENGTH);
    }

    @Override
    public KemKeyPair kemGenerate(SecureRandom random) {
        return StubKem.generate(random);
    }

    @Override
    public KemCapsule kemEncapsulate(byte[] publicKey, SecureRandom random) throws MalformedPacketException {
        return StubKem.encapsulate(publicKey, random);
    }

    @Override
    public byte[] kemDecapsulate(KemKeyPair pair, byte[] ciphertext) throws MalformedPacketException {
        return StubKem.decapsulate(pair, ciphertext);
    }

    @Override
    public Aead aead(AeadKind kind, byte[] key32) {
        return new StubAead(kind, key32);
    }

    @Override
    public HeaderMask headerMask(AeadKind kind, byte[] key32) {
        return new StubHeaderMask(kind, ours(key32));
    }

    @Override
    public Uiv uiv(byte[] key64) {
        return new StubUiv(key64);
    }

    @Override
    public byte[] argon2id(byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        return new StubHash(ARGON)
                .add(password.length)
                .add(memoryKib)
                .add(passes)
                .add(lanes)
                .add(length)
                .add(password, salt)
                .bytes(length);
    }

    private static byte[] generate(SecureRandom random) {
        var secret = new byte[StubGroup.KEY_LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    private static byte[] ours(byte[] key) {
        if (key.length != StubGroup.KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        return key;
    }

    private static byte[] theirs(byte[] key) throws MalformedPacketException {
        if (key.length != StubGroup.KEY_LENGTH) {
            throw new MalformedPacketException(key.length < StubGroup.KEY_LENGTH ? Reason.TRUNCATED : Reason.TOO_LONG);
        }
        return key;
    }
}
