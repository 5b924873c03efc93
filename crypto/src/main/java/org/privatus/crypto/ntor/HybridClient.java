package org.privatus.crypto.ntor;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// The client's side of adding one hop. [#start] and [#finish] are work for a pool; the object may change threads between
/// them and has one owner at a time.
///
/// ```
/// client's message = ML-KEM-768 public key 1184 ‖ extra        relay's message = ciphertext 1088 ‖ extra
/// ```
///
/// `extra` is for parameters of the circuit, encrypted and authenticated; a side ignores what it does not know of it.
public final class HybridClient {
    /// The handshakes without extra bytes.
    public static final int CLIENT_HANDSHAKE_LENGTH =
            NtorV3.CLIENT_HEAD_LENGTH + KemKeyPair.PUBLIC_KEY_LENGTH + NtorV3.MAC_LENGTH;

    public static final int RELAY_HANDSHAKE_LENGTH = NtorV3.RELAY_HEAD_LENGTH + KemCapsule.CIPHERTEXT_LENGTH;

    /// Bytes of a hop's seed.
    public static final int SEED_LENGTH = HopSeed.LENGTH;

    public static final Cost START_COST = Cost.agreements(2).plus(Cost.kems(1));
    public static final Cost FINISH_COST = Cost.agreements(1).plus(Cost.kems(1));

    static final byte[] VERIFICATION = NtorV3.ascii("privatus circuit 1");

    private final CryptoSuite suite;
    private final NtorClient ntor;
    private final KemKeyPair kem;

    private HybridClient(CryptoSuite suite, NtorClient ntor, KemKeyPair kem) {
        this.suite = suite;
        this.ntor = ntor;
        this.kem = kem;
    }

    /// Prepares a handshake with the relay of that identity (32 bytes) and public onion key; fails if the key is unusable.
    public static HybridClient start(
            CryptoSuite suite, byte[] relayId, byte[] onionKey, byte[] extra, SecureRandom random)
            throws MalformedPacketException {
        KemKeyPair kem = suite.kemGenerate(random);
        byte[] message = join(kem.publicKey(), extra);
        X25519KeyPair fresh = X25519KeyPair.generate(suite, random);
        return new HybridClient(suite, NtorClient.start(suite, relayId, onionKey, VERIFICATION, message, fresh), kem);
    }

    /// What to send to the relay, 1,312 bytes and `extra`. Not a copy.
    public byte[] handshake() {
        return ntor.handshake();
    }

    /// Checks the relay's handshake and derives the hop's seed. A forged one leaves this as it was.
    public HopKeys finish(byte[] reply) throws MalformedPacketException {
        NtorOutcome outcome = ntor.finish(reply, HopSeed.NTOR_KEY_LENGTH);
        byte[] message = outcome.message();
        if (message.length < KemCapsule.CIPHERTEXT_LENGTH) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        byte[] secret = suite.kemDecapsulate(kem, Arrays.copyOf(message, KemCapsule.CIPHERTEXT_LENGTH));
        byte[] extra = Arrays.copyOfRange(message, KemCapsule.CIPHERTEXT_LENGTH, message.length);
        byte[] seed = HopSeed.derive(suite, outcome.keys(), secret, ntor.handshake(), reply);
        Arrays.fill(secret, (byte) 0);
        outcome.erase();
        return new HopKeys(seed, extra);
    }

    /// Forgets the fresh keys, whether or not the handshake was finished.
    public void erase() {
        ntor.erase();
        kem.erase();
    }

    static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
