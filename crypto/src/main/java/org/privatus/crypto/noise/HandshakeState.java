package org.privatus.crypto.noise;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireWriter;

/// One side of a Noise handshake (revision 34, §5.3) with the patterns of [NoiseProtocol]:
///
/// ```
/// XK     <- s            XKhfs  <- s
///        ...                    ...
///        -> e, es               -> e, es, e1
///        <- e, ee               <- e, ee, ekem1
///        -> s, se               -> s, se
/// ```
///
/// `e1` and `ekem1` are those of the Noise extension for hybrid forward secrecy: both travel as `EncryptAndHash`, and the
/// encapsulated secret is mixed as a key after its ciphertext.
///
/// The sides take turns: [#write], [#read], … until [#isFinished()], then [#split()] once. Each step is work for a pool
/// ([#nextCost()]); the object may change threads between steps and has one owner at a time. A message that cannot be read
/// changes nothing, so the true one can still come. The keys passed in stay the caller's; everything else is cleared by
/// [#erase()].
public final class HandshakeState {
    private final CryptoSuite suite;
    private final NoiseProtocol protocol;
    private final SecureRandom random;
    private final boolean initiator;
    private final X25519KeyPair self;

    private SymmetricState symmetric;
    private @Nullable X25519KeyPair ephemeral;
    private @Nullable KemKeyPair kem;
    private byte @Nullable [] remoteStatic;
    private byte @Nullable [] remoteEphemeral;
    private byte @Nullable [] remoteKem;
    private int message;
    private boolean erased;

    private HandshakeState(
            CryptoSuite suite,
            NoiseProtocol protocol,
            boolean initiator,
            byte[] prologue,
            X25519KeyPair self,
            byte @Nullable [] remoteStatic,
            SecureRandom random) {
        this.suite = suite;
        this.protocol = protocol;
        this.initiator = initiator;
        this.self = self;
        this.remoteStatic = remoteStatic;
        this.random = random;
        this.symmetric = new SymmetricState(suite, protocol);
        symmetric.mixHash(prologue);
        symmetric.mixHash(remoteStatic != null ? remoteStatic : self.publicKey());
    }

    /// The side that writes first and knows whom it calls.
    public static HandshakeState initiator(
            CryptoSuite suite,
            NoiseProtocol protocol,
            byte[] prologue,
            X25519KeyPair self,
            byte[] responder,
            SecureRandom random) {
        return new HandshakeState(suite, protocol, true, prologue, self, responder.clone(), random);
    }

    /// The side that is called and learns by whom from the third message.
    public static HandshakeState responder(
            CryptoSuite suite, NoiseProtocol protocol, byte[] prologue, X25519KeyPair self, SecureRandom random) {
        return new HandshakeState(suite, protocol, false, prologue, self, null, random);
    }

    /// The next message with `payload` in it, [NoiseProtocol#overhead] bytes longer. Fails when the other side's keys are
    /// unusable; the handshake is over then.
    public byte[] write(byte[] payload) throws MalformedPacketException {
        expectTurn(initiator);
        byte[] out = new byte[payload.length + protocol.overhead(message)];
        System.arraycopy(payload, 0, out, payloadOffset(), payload.length);
        writeAround(out, 0, payload.length);
        return out;
    }

    /// Where in the next message its payload begins.
    public int payloadOffset() {
        return protocol.overhead(message) - symmetricTag();
    }

    private int symmetricTag() {
        return protocol.sealsPayload(message) ? Aead.TAG_LENGTH : 0;
    }

    /// The next message at `offset` of `whole`, around its payload, which stands there already: [#payloadOffset()] bytes behind `offset`,
    /// `length` bytes long. Where it ends.
    public int writeAround(byte[] whole, int offset, int length) throws MalformedPacketException {
        expectTurn(initiator);
        int payloadAt = offset + payloadOffset();
        int end = payloadAt + length + symmetricTag();
        WireWriter out = new WireWriter(whole, offset);
        for (Token token : protocol.tokens(message)) {
            switch (token) {
                case E -> writeEphemeral(out);
                case S -> out.bytes(symmetric.encryptAndHash(self.publicKey()));
                case E1 -> writeKemKey(out);
                case EKEM1 -> writeKemCiphertext(out);
                case EE, ES, SE -> mixAgreement(token, symmetric, remoteEphemeral, remoteStatic);
            }
        }
        symmetric.encryptAndHash(whole, payloadAt, length);
        message++;
        return end;
    }

    private void writeEphemeral(WireWriter out) {
        if (ephemeral == null) {
            ephemeral = X25519KeyPair.generate(suite, random);
        }
        symmetric.mixHash(ephemeral.publicKey());
        out.bytes(ephemeral.publicKey());
    }

    private void writeKemKey(WireWriter out) {
        kem = suite.kemGenerate(random);
        out.bytes(symmetric.encryptAndHash(kem.publicKey()));
    }

    private void writeKemCiphertext(WireWriter out) throws MalformedPacketException {
        KemCapsule capsule = suite.kemEncapsulate(known(remoteKem), random);
        out.bytes(symmetric.encryptAndHash(capsule.ciphertext()));
        symmetric.mixKey(capsule.secret());
        capsule.erase();
    }

    /// The payload of the other side's next message, `length` bytes at `offset`.
    public byte[] read(byte[] in, int offset, int length) throws MalformedPacketException {
        expectTurn(!initiator);
        byte[] payload = new byte[Math.max(0, length - protocol.overhead(message))];
        read(in, offset, length, payload);
        return payload;
    }

    /// As [#read(byte[], int, int)], into `out`, where there is room for a payload of `length` bytes: how long it is.
    public int read(byte[] in, int offset, int length, byte[] out) throws MalformedPacketException {
        expectTurn(!initiator);
        if (length < protocol.overhead(message)) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        Reading reading = new Reading(in, offset, length);
        boolean fits = false;
        try {
            int payload = reading.run(out);
            reading.accept();
            message++;
            fits = true;
            return payload;
        } finally {
            if (!fits) {
                reading.erase();
            }
        }
    }

    public byte[] read(byte[] in) throws MalformedPacketException {
        return read(in, 0, in.length);
    }

    private void mixAgreement(
            Token token, SymmetricState into, byte @Nullable [] theirEphemeral, byte @Nullable [] theirStatic)
            throws MalformedPacketException {
        boolean ownIsStatic = token == (initiator ? Token.SE : Token.ES);
        boolean theirsIsStatic = token == (initiator ? Token.ES : Token.SE);
        byte[] own = ownIsStatic ? self.secret() : known(ephemeral).secret();
        byte[] shared = suite.x25519Agree(own, known(theirsIsStatic ? theirStatic : theirEphemeral));
        into.mixKey(shared);
        Arrays.fill(shared, (byte) 0);
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the pattern has not come so far, or the state is erased");
        }
        return value;
    }

    private void expectTurn(boolean initiatorsTurn) {
        if (erased || isFinished() || initiatorsTurn != (message % 2 == 0)) {
            throw new IllegalStateException("not the turn for message " + message);
        }
    }

    public boolean isFinished() {
        return message == NoiseProtocol.MESSAGES;
    }

    /// What the next step costs, whoever takes it.
    public Cost nextCost() {
        Cost cost = Cost.NONE;
        for (Token token : protocol.tokens(message)) {
            cost = cost.plus(
                    switch (token) {
                        case E -> Cost.agreements(isWritersTurn() ? 1 : 0);
                        case EE, ES, SE -> Cost.agreements(1);
                        case E1 -> Cost.kems(isWritersTurn() ? 1 : 0);
                        case EKEM1 -> Cost.kems(1);
                        case S -> Cost.NONE;
                    });
        }
        return cost;
    }

    private boolean isWritersTurn() {
        return initiator == (message % 2 == 0);
    }

    /// The other side's static X25519 key; the responder knows it after the third message.
    public byte[] remoteStatic() {
        return known(remoteStatic).clone();
    }

    /// Names this handshake to whatever is bound to it (Noise §11.2). The same on both sides once both have come equally
    /// far.
    public byte[] handshakeHash() {
        return symmetric.hash();
    }

    /// A key of 32 bytes that whoever has not taken part in the messages so far cannot find: `HMAC-SHA-256(chaining key, label)`. The same on both sides
    /// once both have come equally far.
    ///
    /// @param label not 32 bytes long, as everything else that is hashed under the chaining key is
    public byte[] deriveKey(byte[] label) {
        if (erased || label.length == SessionKeys.KEY_LENGTH) {
            throw new IllegalStateException(erased ? "erased" : "label of " + label.length + " bytes");
        }
        return symmetric.deriveKey(label);
    }

    /// The session's keys, once. Erases the handshake.
    public SessionKeys split() {
        if (erased || !isFinished()) {
            throw new IllegalStateException(erased ? "erased" : "message " + message + " is still to come");
        }
        byte[] initiators = new byte[SessionKeys.KEY_LENGTH];
        byte[] responders = new byte[SessionKeys.KEY_LENGTH];
        symmetric.split(initiators, responders);
        erase();
        return initiator
                ? new SessionKeys(protocol.aead(), initiators, responders)
                : new SessionKeys(protocol.aead(), responders, initiators);
    }

    /// Clears what is secret here. [#handshakeHash()] and [#remoteStatic()] stay.
    public void erase() {
        erased = true;
        symmetric.erase();
        if (ephemeral != null) {
            ephemeral.erase();
            ephemeral = null;
        }
        if (kem != null) {
            kem.erase();
            kem = null;
        }
    }

    /// For published test vectors alone.
    void useEphemeral(byte[] secret) {
        ephemeral = X25519KeyPair.of(suite, secret);
    }

    /// One attempt to read a message: works on copies, which replace the originals when every tag has fitted.
    private final class Reading {
        private final byte[] in;
        private final SymmetricState attempt = symmetric.fork();
        private byte @Nullable [] theirEphemeral = remoteEphemeral;
        private byte @Nullable [] theirStatic = remoteStatic;
        private byte @Nullable [] theirKem = remoteKem;
        private int at;
        private int left;

        Reading(byte[] in, int offset, int length) {
            this.in = in;
            this.at = offset;
            this.left = length;
        }

        int run(byte[] out) throws MalformedPacketException {
            readTokens();
            return attempt.decryptAndHash(in, at, left, out);
        }

        private void readTokens() throws MalformedPacketException {
            for (Token token : protocol.tokens(message)) {
                switch (token) {
                    case E -> readEphemeral();
                    case S -> theirStatic = decrypt(X25519KeyPair.KEY_LENGTH + attempt.tagLength());
                    case E1 -> theirKem = decrypt(KemKeyPair.PUBLIC_KEY_LENGTH + attempt.tagLength());
                    case EKEM1 -> readKemCiphertext();
                    case EE, ES, SE -> mixAgreement(token, attempt, theirEphemeral, theirStatic);
                }
            }
        }

        private void readEphemeral() {
            byte[] key = Arrays.copyOfRange(in, at, at + X25519KeyPair.KEY_LENGTH);
            at += key.length;
            left -= key.length;
            attempt.mixHash(key);
            theirEphemeral = key;
        }

        private void readKemCiphertext() throws MalformedPacketException {
            byte[] ciphertext = decrypt(KemCapsule.CIPHERTEXT_LENGTH + attempt.tagLength());
            byte[] secret = suite.kemDecapsulate(known(kem), ciphertext);
            attempt.mixKey(secret);
            Arrays.fill(secret, (byte) 0);
        }

        private byte[] decrypt(int length) throws MalformedPacketException {
            byte[] plaintext = attempt.decryptAndHash(in, at, length);
            at += length;
            left -= length;
            return plaintext;
        }

        void erase() {
            attempt.erase();
        }

        void accept() {
            symmetric.erase();
            symmetric = attempt;
            remoteEphemeral = theirEphemeral;
            remoteStatic = theirStatic;
            remoteKem = theirKem;
        }
    }
}
