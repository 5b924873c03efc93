package org.privatus.simulation.bench.crypto;

import java.security.SecureRandom;
import java.util.function.LongConsumer;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.noise.NoiseProtocol;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.ntor.HybridRelay;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;

/// Curves, ML-KEM and the handshakes made of them.
final class HandshakeWork {
    private static final int TIMES = 2_000;
    private static final byte[] NOTHING = {};
    private static final byte[] RELAY_ID = new byte[32];

    private final CryptoSuite suite;
    private final SecureRandom random;

    /// Takes in each operation.
    interface Book {
        void add(String key, int times, LongConsumer work);
    }

    /// An operation on bytes that are sound.
    private interface Sound {
        void run() throws MalformedPacketException;
    }

    HandshakeWork(CryptoSuite suite, SecureRandom random) {
        this.suite = suite;
        this.random = random;
    }

    void each(Book book) {
        curves(book);
        kem(book);
        handshakes(book);
    }

    private void curves(Book book) {
        X25519KeyPair pair = X25519KeyPair.generate(suite, random);
        byte[] seed = suite.ed25519Generate(random);
        byte[] key = suite.ed25519Public(seed);
        byte[] message = new byte[300];
        byte[] signature = suite.ed25519Sign(seed, message);
        byte[] parameter = new byte[32];
        book.add("x25519.generate", TIMES, _ -> X25519KeyPair.generate(suite, random));
        book.add("x25519.agree", TIMES, sound(() -> suite.x25519Agree(pair.secret(), pair.publicKey())));
        book.add("ed25519.sign", TIMES, _ -> suite.ed25519Sign(seed, message));
        book.add("ed25519.verify", TIMES, _ -> suite.ed25519Verify(key, message, signature));
        book.add("ed25519.blind", TIMES / 2, sound(() -> suite.ed25519BlindedPublic(key, parameter)));
        book.add("ed25519.blind.sign", TIMES / 2, _ -> suite.ed25519BlindedSign(seed, parameter, message));
    }

    private void kem(Book book) {
        KemKeyPair pair = suite.kemGenerate(random);
        byte[] publicKey = pair.publicKey();
        book.add("mlkem.generate", TIMES, _ -> suite.kemGenerate(random));
        book.add("mlkem.encapsulate", TIMES, sound(() -> suite.kemEncapsulate(publicKey, random)));
        byte[][] ciphertext = new byte[1][];
        sound(() -> ciphertext[0] = suite.kemEncapsulate(publicKey, random).ciphertext())
                .accept(0);
        book.add("mlkem.decapsulate", TIMES, sound(() -> suite.kemDecapsulate(pair, ciphertext[0])));
    }

    private void handshakes(Book book) {
        OnionKeys keys = OnionKeys.generate(suite, random, 0);
        byte[] onionKey = keys.current().key().toBytes();
        HybridRelay relay = new HybridRelay(suite, RELAY_ID, keys);
        book.add("hybrid.start", TIMES, sound(() -> HybridClient.start(suite, RELAY_ID, onionKey, NOTHING, random)));
        book.add("hybrid.both", TIMES, sound(() -> {
            HybridClient client = HybridClient.start(suite, RELAY_ID, onionKey, NOTHING, random);
            client.finish(relay.answer(client.handshake(), NOTHING, random).handshake());
        }));
        sound(() -> {
                    HybridClient client = HybridClient.start(suite, RELAY_ID, onionKey, NOTHING, random);
                    book.add("hybrid.answer", TIMES, sound(() -> relay.answer(client.handshake(), NOTHING, random)));
                })
                .accept(0);
        X25519KeyPair initiator = X25519KeyPair.generate(suite, random);
        X25519KeyPair responder = X25519KeyPair.generate(suite, random);
        book.add("noise.xk.both", TIMES, sound(() -> noise(initiator, responder)));
    }

    private void noise(X25519KeyPair initiator, X25519KeyPair responder) throws MalformedPacketException {
        NoiseProtocol xk = NoiseProtocol.XK_AESGCM;
        HandshakeState a = HandshakeState.initiator(suite, xk, NOTHING, initiator, responder.publicKey(), random);
        HandshakeState b = HandshakeState.responder(suite, xk, NOTHING, responder, random);
        b.read(a.write(NOTHING));
        a.read(b.write(NOTHING));
        b.read(a.write(NOTHING));
        a.split().erase();
        b.split().erase();
    }

    private static LongConsumer sound(Sound operation) {
        return _ -> {
            try {
                operation.run();
            } catch (MalformedPacketException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
