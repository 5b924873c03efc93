package org.privatus.crypto.ntor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireWriter;

/// What client and relay compute alike in ntor v3 (Tor proposal 332), over X25519, SHA3-256, SHAKE-256 and AES-256-CTR.
///
/// ```
/// client handshake = ID 32 ‖ B 32 ‖ X 32 ‖ C ‖ MAC 32        C  = client's message, encrypted
/// relay handshake  = Y 32 ‖ AUTH 32 ‖ C2                      C2 = relay's message, encrypted
/// ```
final class NtorV3 {
    static final int KEY_LENGTH = X25519KeyPair.KEY_LENGTH;
    static final int MAC_LENGTH = 32;
    static final int CLIENT_HEAD_LENGTH = 3 * KEY_LENGTH;
    static final int RELAY_HEAD_LENGTH = KEY_LENGTH + MAC_LENGTH;

    private static final byte[] PROTOCOL = ascii("ntor3-curve25519-sha3_256-1");
    private static final byte[] SERVER = ascii("Server");

    private final CryptoSuite suite;
    private final byte[] relayId;
    private final byte[] onionKey;
    private final byte[] clientKey;
    private final byte[] verification;

    /// @param relayId the relay's identity, 32 bytes
    /// @param onionKey B, the relay's public onion key
    /// @param clientKey X, the client's fresh public key
    /// @param verification what both sides must agree on beforehand
    NtorV3(CryptoSuite suite, byte[] relayId, byte[] onionKey, byte[] clientKey, byte[] verification) {
        this.suite = suite;
        this.relayId = relayId;
        this.onionKey = onionKey;
        this.clientKey = clientKey;
        this.verification = verification;
    }

    CryptoSuite suite() {
        return suite;
    }

    byte[] clientKey() {
        return clientKey;
    }

    /// What a client's handshake begins with.
    byte[] clientHead() {
        return WireWriter.allocate(CLIENT_HEAD_LENGTH)
                .bytes(relayId)
                .bytes(onionKey)
                .bytes(clientKey)
                .toBytes();
    }

    /// Encryption and MAC key of the client's message, 32 bytes each, from Bx, the agreement with the onion key.
    byte[] phase1Keys(byte[] onionAgreement) {
        return suite.shake256(
                KEY_LENGTH + MAC_LENGTH,
                tweak("kdf_phase1"),
                onionAgreement,
                relayId,
                clientKey,
                onionKey,
                PROTOCOL,
                encap(verification));
    }

    byte[] crypt(byte[] keys, byte[] message) {
        byte[] key = Arrays.copyOf(keys, KEY_LENGTH);
        byte[] out = suite.aes256Ctr(key, message);
        Arrays.fill(key, (byte) 0);
        return out;
    }

    byte[] messageMac(byte[] phase1Keys, byte[] sealed) {
        byte[] key = Arrays.copyOfRange(phase1Keys, KEY_LENGTH, KEY_LENGTH + MAC_LENGTH);
        byte[] mac = suite.sha3(tweak("msg_mac"), encap(key), relayId, onionKey, clientKey, sealed);
        Arrays.fill(key, (byte) 0);
        return mac;
    }

    /// The secret that both agreements yield once the relay's fresh key Y is known.
    Secrets secrets(byte[] freshAgreement, byte[] onionAgreement, byte[] relayKey) {
        byte[][] input = {
            freshAgreement, onionAgreement, relayId, onionKey, clientKey, relayKey, PROTOCOL, encap(verification)
        };
        return new Secrets(tweakedHash("key_seed", input), tweakedHash("verify", input));
    }

    private byte[] tweakedHash(String name, byte[][] input) {
        byte[][] parts = new byte[input.length + 1][];
        parts[0] = tweak(name);
        System.arraycopy(input, 0, parts, 1, input.length);
        return suite.sha3(parts);
    }

    /// The key of the relay's message (32 bytes), then `length` bytes of key stream.
    byte[] finalKeys(Secrets secrets, int length) {
        return suite.shake256(KEY_LENGTH + length, tweak("kdf_final"), secrets.keySeed());
    }

    byte[] authentication(Secrets secrets, byte[] relayKey, byte[] clientMac, byte[] sealed) {
        return suite.sha3(
                tweak("auth_final"),
                secrets.verify(),
                relayId,
                onionKey,
                relayKey,
                clientKey,
                clientMac,
                encap(sealed),
                PROTOCOL,
                SERVER);
    }

    static void expectEqual(byte[] expected, byte[] received) throws MalformedPacketException {
        if (!MessageDigest.isEqual(expected, received)) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
    }

    /// Length, eight bytes, then the bytes.
    static byte[] encap(byte[] bytes) {
        return WireWriter.allocate(Long.BYTES + bytes.length)
                .u64(bytes.length)
                .bytes(bytes)
                .toBytes();
    }

    private static byte[] tweak(String name) {
        byte[] label = ascii(":" + name);
        return encap(WireWriter.allocate(PROTOCOL.length + label.length)
                .bytes(PROTOCOL)
                .bytes(label)
                .toBytes());
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// What the key stream is drawn from, and what authenticates the relay.
    static final class Secrets {
        private final byte[] keySeed;
        private final byte[] verify;

        private Secrets(byte[] keySeed, byte[] verify) {
            this.keySeed = keySeed;
            this.verify = verify;
        }

        byte[] keySeed() {
            return keySeed;
        }

        byte[] verify() {
            return verify;
        }

        void erase() {
            Arrays.fill(keySeed, (byte) 0);
            Arrays.fill(verify, (byte) 0);
        }
    }
}
