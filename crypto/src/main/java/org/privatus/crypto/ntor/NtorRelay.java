package org.privatus.crypto.ntor;

import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.identity.OnionKey;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The relay in one ntor v3 handshake, from the moment that the client's message has proved genuine.
final class NtorRelay {
    private final NtorV3 ntor;
    private final byte[] onionAgreement;
    private final byte[] clientMac;
    private final byte[] message;

    private NtorRelay(NtorV3 ntor, byte[] onionAgreement, byte[] clientMac, byte[] message) {
        this.ntor = ntor;
        this.onionAgreement = onionAgreement;
        this.clientMac = clientMac;
        this.message = message;
    }

    /// `BAD_VALUE` for a handshake that is meant for another relay or made with an onion key that is gone.
    static NtorRelay receive(
            CryptoSuite suite, byte[] relayId, OnionKeys onionKeys, byte[] verification, byte[] handshake)
            throws MalformedPacketException {
        WireReader in = new WireReader(handshake);
        byte[] id = in.bytes(relayId.length);
        OnionKey named = OnionKey.read(in);
        Optional<OnionKeyPair> onion = onionKeys.find(named);
        if (!Arrays.equals(id, relayId) || onion.isEmpty()) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        byte[] clientKey = in.bytes(NtorV3.KEY_LENGTH);
        byte[] sealed = in.bytes(Math.max(0, in.remaining() - NtorV3.MAC_LENGTH));
        byte[] mac = in.bytes(NtorV3.MAC_LENGTH);
        NtorV3 ntor = new NtorV3(suite, relayId, named.toBytes(), clientKey, verification);
        byte[] agreement = agree(suite, onion.get(), clientKey);
        byte[] keys = ntor.phase1Keys(agreement);
        NtorV3.expectEqual(ntor.messageMac(keys, sealed), mac);
        byte[] message = ntor.crypt(keys, sealed);
        Arrays.fill(keys, (byte) 0);
        return new NtorRelay(ntor, agreement, mac, message);
    }

    private static byte[] agree(CryptoSuite suite, OnionKeyPair onion, byte[] clientKey)
            throws MalformedPacketException {
        byte[] secret = onion.secret();
        byte[] agreement = suite.x25519Agree(secret, clientKey);
        Arrays.fill(secret, (byte) 0);
        return agreement;
    }

    /// The client's message.
    byte[] message() {
        return message;
    }

    /// Answers with `answer`; erases this and `fresh`.
    Reply reply(byte[] answer, X25519KeyPair fresh, int keyLength) throws MalformedPacketException {
        byte[] relayKey = fresh.publicKey();
        byte[] freshAgreement = ntor.suite().x25519Agree(fresh.secret(), ntor.clientKey());
        NtorV3.Secrets secrets = ntor.secrets(freshAgreement, onionAgreement, relayKey);
        byte[] keys = ntor.finalKeys(secrets, keyLength);
        byte[] sealed = ntor.crypt(keys, answer);
        byte[] authentication = ntor.authentication(secrets, relayKey, clientMac, sealed);
        byte[] handshake = WireWriter.allocate(NtorV3.RELAY_HEAD_LENGTH + sealed.length)
                .bytes(relayKey)
                .bytes(authentication)
                .bytes(sealed)
                .toBytes();
        byte[] stream = Arrays.copyOfRange(keys, NtorV3.KEY_LENGTH, keys.length);
        Arrays.fill(keys, (byte) 0);
        Arrays.fill(freshAgreement, (byte) 0);
        Arrays.fill(onionAgreement, (byte) 0);
        secrets.erase();
        fresh.erase();
        return new Reply(handshake, stream);
    }

    /// What to send to the client, and the key stream.
    static final class Reply {
        private final byte[] handshake;
        private final byte[] keys;

        private Reply(byte[] handshake, byte[] keys) {
            this.handshake = handshake;
            this.keys = keys;
        }

        byte[] handshake() {
            return handshake;
        }

        byte[] keys() {
            return keys;
        }
    }
}
