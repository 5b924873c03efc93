package org.privatus.crypto.ntor;

import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The client of one ntor v3 handshake.
final class NtorClient {
    private final NtorV3 ntor;
    private final X25519KeyPair fresh;
    private final byte[] onionAgreement;
    private final byte[] mac;
    private final byte[] handshake;

    private NtorClient(NtorV3 ntor, X25519KeyPair fresh, byte[] onionAgreement, byte[] sealed, byte[] mac) {
        this.ntor = ntor;
        this.fresh = fresh;
        this.onionAgreement = onionAgreement;
        this.mac = mac;
        this.handshake = WireWriter.allocate(NtorV3.CLIENT_HEAD_LENGTH + sealed.length + mac.length)
                .bytes(ntor.clientHead())
                .bytes(sealed)
                .bytes(mac)
                .toBytes();
    }

    /// Fails if the relay's onion key is unusable. Takes over `fresh`.
    static NtorClient start(
            CryptoSuite suite,
            byte[] relayId,
            byte[] onionKey,
            byte[] verification,
            byte[] message,
            X25519KeyPair fresh)
            throws MalformedPacketException {
        NtorV3 ntor = new NtorV3(suite, relayId, onionKey, fresh.publicKey(), verification);
        byte[] agreement = suite.x25519Agree(fresh.secret(), onionKey);
        byte[] keys = ntor.phase1Keys(agreement);
        byte[] sealed = ntor.crypt(keys, message);
        byte[] mac = ntor.messageMac(keys, sealed);
        Arrays.fill(keys, (byte) 0);
        return new NtorClient(ntor, fresh, agreement, sealed, mac);
    }

    byte[] handshake() {
        return handshake;
    }

    /// Checks the relay's handshake; a forged one leaves this as it was.
    NtorOutcome finish(byte[] reply, int keyLength) throws MalformedPacketException {
        WireReader in = new WireReader(reply);
        byte[] relayKey = in.bytes(NtorV3.KEY_LENGTH);
        byte[] authentication = in.bytes(NtorV3.MAC_LENGTH);
        byte[] sealed = in.bytes(in.remaining());
        byte[] freshAgreement = ntor.suite().x25519Agree(fresh.secret(), relayKey);
        NtorV3.Secrets secrets = ntor.secrets(freshAgreement, onionAgreement, relayKey);
        Arrays.fill(freshAgreement, (byte) 0);
        NtorV3.expectEqual(ntor.authentication(secrets, relayKey, mac, sealed), authentication);
        byte[] keys = ntor.finalKeys(secrets, keyLength);
        secrets.erase();
        byte[] message = ntor.crypt(keys, sealed);
        byte[] stream = Arrays.copyOfRange(keys, NtorV3.KEY_LENGTH, keys.length);
        Arrays.fill(keys, (byte) 0);
        return new NtorOutcome(message, stream);
    }

    void erase() {
        fresh.erase();
        Arrays.fill(onionAgreement, (byte) 0);
    }
}
