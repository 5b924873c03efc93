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
///
/// @param suite the primitives
/// @param relayId the relay's identity, 32 bytes
/// @param onionKey B, the relay's public onion key
/// @param clientKey X, the client's fresh public key
/// @param verification what both sides must agree on beforehand
@SuppressWarnings("ArrayRecordComponent")
record NtorV3(CryptoSuite suite, byte[] relayId, byte[] onionKey, byte[] clientKey, byte[] verification) {
    static final int KEY_LENGTH = X25519KeyPair.KEY_LENGTH;
    static final int MAC_LENGTH = 32;
    static final int CLIENT_HEAD_LENGTH = 3 * KEY_LENGTH;
    static final int RELAY_HEAD_LENGTH = KEY_LENGTH + MAC_LENGTH;

    private static final byte[] PROTOCOL = ascii("ntor3-curve25519-sha3_256-1");
    private static final byte[] SERVER = ascii("Server");

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

    /// @param keySeed what the key stream is drawn from
    /// @param verify what authenticates the relay
    @SuppressWarnings("ArrayRecordComponent")
    record Secrets(byte[] keySeed, byte[] verify) {
        void erase() {
            Arrays.fill(keySeed, (byte) 0);
            Arrays.fill(verify, (byte) 0);
        }
    }
}
