package org.privatus.node.messaging.core;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.privatus.crypto.kdf.Hkdf;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.store.Blob;

/// One session's double ratchet with header encryption (Signal, "The Double Ratchet Algorithm", §4), over X25519, HMAC and
/// HKDF with SHA-256, and AES-256-GCM. An envelope is
///
/// ```
/// salt 16 | header: ratchet key 32, previous chain's length 4, number 4, tag 16 | body: plaintext, tag 16
/// ```
///
/// Header and body are each sealed under a key of their own, the HMAC of the salt under the chain's header key or the
/// message key, with nonce zero; the body's associated data is the session's binding and all before it. The salt is where
/// this differs from the specification: header keys serve a whole chain without a nonce to keep apart, and a state that was
/// rolled back by mistake does not seal two texts under one key.
///
/// An envelope that does not open changes nothing. At most {@link #MAX_SKIPPED} keys of envelopes that were overtaken are
/// kept, of at most {@link RatchetState#MAX_CHAINS} chains; the oldest go first.
///
/// Opening and sealing may take agreements (≈ 100 µs each): work for a pool. Not thread-safe, one owner at a time.
final class DoubleRatchet {
    /// The most keys of overtaken envelopes that are kept, and the furthest that one envelope may run ahead.
    static final int MAX_SKIPPED = 1_000;

    static final int SALT_LENGTH = 16;
    static final int HEADER_LENGTH = 40;
    static final int SEALED_HEADER_LENGTH = HEADER_LENGTH + Aead.TAG_LENGTH;

    /// By how much an envelope is longer than what is in it.
    static final int OVERHEAD = SALT_LENGTH + SEALED_HEADER_LENGTH + Aead.TAG_LENGTH;

    /// What one side's receiving half costs at most, in agreements: one to receive, one new key, one to send.
    static final int AGREEMENTS_TO_OPEN = 3;

    /// Bytes of the secret that both sides start from: root key, first header key, next header key, binding.
    static final int SEED_LENGTH = 4 * RatchetState.KEY_LENGTH;

    private static final byte[] NO_DATA = new byte[0];
    private static final byte[] ROOT_INFO = Labels.of("privatus ratchet root 1");
    private static final byte[] MESSAGE_STEP = {1};
    private static final byte[] CHAIN_STEP = {2};

    private final CryptoSuite suite;
    private RatchetState state;

    private DoubleRatchet(CryptoSuite suite, RatchetState state) {
        this.suite = suite;
        this.state = state;
    }

    /// What became of an envelope.
    sealed interface Opening {
        /// It opened.
        record Opened(Blob plaintext) implements Opening {}

        /// It was sealed in this session, and its key has been used or dropped.
        record Spent() implements Opening {}

        /// Its header is of this session, and the rest was changed on the way or claims too much.
        record Forged() implements Opening {}

        /// No header key of this session fits.
        record Foreign() implements Opening {}
    }

    /// The side that sends first. Copies `seed`.
    ///
    /// @param peerRatchetKey the other side's first ratchet key, as the handshake brought it
    static DoubleRatchet initiator(CryptoSuite suite, byte[] seed, byte[] peerRatchetKey, SecureRandom keys)
            throws MalformedPacketException {
        var state = new RatchetState();
        state.ratchetSecret = suite.x25519Generate(keys);
        state.peerRatchetKey = peerRatchetKey.clone();
        state.sendHeaderKey = part(seed, 1);
        state.nextReceiveHeaderKey = part(seed, 2);
        state.binding = part(seed, 3);
        byte[] root = part(seed, 0);
        var ratchet = new DoubleRatchet(suite, state);
        ratchet.stepSending(state, root);
        return ratchet;
    }

    /// The side that receives first. Takes `ratchetSecret` over, copies `seed`.
    static DoubleRatchet responder(CryptoSuite suite, byte[] seed, byte[] ratchetSecret) {
        var state = new RatchetState();
        state.ratchetSecret = ratchetSecret;
        state.rootKey = part(seed, 0);
        state.nextReceiveHeaderKey = part(seed, 1);
        state.nextSendHeaderKey = part(seed, 2);
        state.binding = part(seed, 3);
        return new DoubleRatchet(suite, state);
    }

    private static byte[] part(byte[] seed, int index) {
        int from = index * RatchetState.KEY_LENGTH;
        return Arrays.copyOfRange(seed, from, from + RatchetState.KEY_LENGTH);
    }

    static DoubleRatchet restore(CryptoSuite suite, byte[] saved) throws MalformedPacketException {
        return new DoubleRatchet(suite, RatchetState.read(new WireReader(saved)));
    }

    /// The whole state, keys included: only for a place that is encrypted.
    byte[] save() {
        return state.toBytes();
    }

    /// Whether this side can seal already: the responder cannot before it has opened something.
    boolean canSeal() {
        return RatchetState.isSet(state.sendChainKey);
    }

    /// The header keys that may open the next envelope, newest last, copies: enough to tell whose an envelope is.
    List<byte[]> headerKeys() {
        return state.receivingHeaderKeys();
    }

    /// Whether `headerKey` opens the header of this envelope.
    static boolean fits(CryptoSuite suite, byte[] headerKey, byte[] envelope) {
        byte[] header = openHeader(suite, headerKey, envelope);
        return header.length > 0;
    }

    byte[] seal(byte[] plaintext, SecureRandom keys) {
        if (!canSeal()) {
            throw new IllegalStateException("the responder opens before it seals");
        }
        byte[] salt = new byte[SALT_LENGTH];
        keys.nextBytes(salt);
        byte[] header = WireWriter.allocate(HEADER_LENGTH)
                .bytes(suite.x25519Public(state.ratchetSecret))
                .u32(state.previousSent)
                .u32(state.sent)
                .toBytes();
        byte[] envelope = new byte[OVERHEAD + plaintext.length];
        System.arraycopy(salt, 0, envelope, 0, SALT_LENGTH);
        seal(suite.hmacSha256(state.sendHeaderKey, salt), NO_DATA, header, envelope, SALT_LENGTH);
        byte[] messageKey = suite.hmacSha256(state.sendChainKey, MESSAGE_STEP);
        seal(
                suite.hmacSha256(messageKey, salt),
                associatedData(state, envelope),
                plaintext,
                envelope,
                SALT_LENGTH + SEALED_HEADER_LENGTH);
        wipe(messageKey);
        byte[] old = state.sendChainKey;
        state.sendChainKey = suite.hmacSha256(old, CHAIN_STEP);
        wipe(old);
        state.sent++;
        return envelope;
    }

    /// Opens an envelope, if it is for this session.
    Opening open(byte[] envelope, SecureRandom keys) {
        if (envelope.length < OVERHEAD) {
            return new Opening.Foreign();
        }
        byte[] current = openHeader(suite, state.receiveHeaderKey, envelope);
        if (current.length > 0) {
            return openInChain(Header.of(current), envelope);
        }
        byte[] next = openHeader(suite, state.nextReceiveHeaderKey, envelope);
        if (next.length > 0) {
            return openInNextChain(Header.of(next), envelope, keys);
        }
        for (SkippedChain chain : state.skipped) {
            byte[] skipped = openHeader(suite, chain.headerKey(), envelope);
            if (skipped.length > 0) {
                return openSkipped(
                        state.copy(), chain.headerKey(), Header.of(skipped).number(), envelope);
            }
        }
        return new Opening.Foreign();
    }

    private Opening openInChain(Header header, byte[] envelope) {
        if (header.number() < state.received) {
            return openSkipped(state.copy(), state.receiveHeaderKey, header.number(), envelope);
        }
        RatchetState attempt = state.copy();
        return skipTo(attempt, header.number()) ? openNext(attempt, envelope) : reject(attempt);
    }

    private Opening openInNextChain(Header header, byte[] envelope, SecureRandom keys) {
        RatchetState attempt = state.copy();
        try {
            if (!skipTo(attempt, header.previous())) {
                return reject(attempt);
            }
            stepBoth(attempt, header.ratchetKey().toBytes(), keys);
        } catch (MalformedPacketException e) {
            return reject(attempt);
        }
        return skipTo(attempt, header.number()) ? openNext(attempt, envelope) : reject(attempt);
    }

    private Opening openSkipped(RatchetState attempt, byte[] headerKey, int number, byte[] envelope) {
        byte[] messageKey = attempt.takeSkipped(headerKey, number);
        if (messageKey.length == 0) {
            attempt.erase();
            return new Opening.Spent();
        }
        return finish(attempt, messageKey, envelope);
    }

    private Opening openNext(RatchetState attempt, byte[] envelope) {
        byte[] messageKey = stepReceiving(attempt);
        return finish(attempt, messageKey, envelope);
    }

    private Opening finish(RatchetState attempt, byte[] messageKey, byte[] envelope) {
        byte[] bodyKey = suite.hmacSha256(messageKey, Arrays.copyOf(envelope, SALT_LENGTH));
        wipe(messageKey);
        byte[] data = associatedData(attempt, envelope);
        byte[] plaintext = new byte[envelope.length - OVERHEAD];
        int from = SALT_LENGTH + SEALED_HEADER_LENGTH;
        Aead aead = suite.aead(bodyKey);
        int length = aead.open(0, data, 0, data.length, envelope, from, envelope.length - from, plaintext, 0);
        aead.erase();
        wipe(bodyKey);
        if (length < 0) {
            return reject(attempt);
        }
        state.erase();
        state = attempt;
        return new Opening.Opened(Blob.of(plaintext));
    }

    private static Opening reject(RatchetState attempt) {
        attempt.erase();
        return new Opening.Forged();
    }

    /// Keeps the keys of the current receiving chain up to `number`; false where that is more than may be kept.
    private boolean skipTo(RatchetState attempt, int number) {
        if (number < 0 || (long) number - attempt.received > MAX_SKIPPED) {
            return false;
        }
        if (!RatchetState.isSet(attempt.receiveChainKey)) {
            return number == 0;
        }
        while (attempt.received < number) {
            attempt.keepSkipped(attempt.received, stepReceiving(attempt));
        }
        return true;
    }

    /// The key of the next message to receive.
    private byte[] stepReceiving(RatchetState attempt) {
        byte[] old = attempt.receiveChainKey;
        byte[] messageKey = suite.hmacSha256(old, MESSAGE_STEP);
        attempt.receiveChainKey = suite.hmacSha256(old, CHAIN_STEP);
        attempt.received++;
        wipe(old);
        return messageKey;
    }

    /// The other side has a new ratchet key: a new chain to receive with, and one of our own to answer with.
    private void stepBoth(RatchetState attempt, byte[] peerRatchetKey, SecureRandom keys)
            throws MalformedPacketException {
        attempt.previousSent = attempt.sent;
        attempt.sent = 0;
        attempt.received = 0;
        wipe(attempt.sendHeaderKey);
        wipe(attempt.receiveHeaderKey);
        attempt.sendHeaderKey = attempt.nextSendHeaderKey;
        attempt.receiveHeaderKey = attempt.nextReceiveHeaderKey;
        attempt.peerRatchetKey = peerRatchetKey;
        byte[] derived = stepRoot(attempt.rootKey, attempt.ratchetSecret, peerRatchetKey);
        byte[] root = part(derived, 0);
        wipe(attempt.receiveChainKey);
        attempt.receiveChainKey = part(derived, 1);
        attempt.nextReceiveHeaderKey = part(derived, 2);
        wipe(derived);
        wipe(attempt.ratchetSecret);
        attempt.ratchetSecret = suite.x25519Generate(keys);
        stepSending(attempt, root);
    }

    private void stepSending(RatchetState attempt, byte[] root) throws MalformedPacketException {
        byte[] derived = stepRoot(root, attempt.ratchetSecret, attempt.peerRatchetKey);
        wipe(root);
        wipe(attempt.rootKey);
        attempt.rootKey = part(derived, 0);
        wipe(attempt.sendChainKey);
        attempt.sendChainKey = part(derived, 1);
        attempt.nextSendHeaderKey = part(derived, 2);
        wipe(derived);
    }

    private byte[] stepRoot(byte[] root, byte[] secret, byte[] peer) throws MalformedPacketException {
        byte[] shared = suite.x25519Agree(secret, peer);
        byte[] derived = Hkdf.derive(suite, root, shared, ROOT_INFO, 3 * RatchetState.KEY_LENGTH);
        wipe(shared);
        return derived;
    }

    /// The header, or nothing.
    private static byte[] openHeader(CryptoSuite suite, byte[] headerKey, byte[] envelope) {
        if (!RatchetState.isSet(headerKey) || envelope.length < OVERHEAD) {
            return NO_DATA;
        }
        byte[] key = suite.hmacSha256(headerKey, Arrays.copyOf(envelope, SALT_LENGTH));
        byte[] header = new byte[HEADER_LENGTH];
        Aead aead = suite.aead(key);
        int length = aead.open(0, NO_DATA, 0, 0, envelope, SALT_LENGTH, SEALED_HEADER_LENGTH, header, 0);
        aead.erase();
        wipe(key);
        return length < 0 ? NO_DATA : header;
    }

    /// Takes the key over.
    private void seal(byte[] key, byte[] data, byte[] plaintext, byte[] out, int offset) {
        Aead aead = suite.aead(key);
        aead.seal(0, data, 0, data.length, plaintext, 0, plaintext.length, out, offset);
        aead.erase();
        wipe(key);
    }

    private static byte[] associatedData(RatchetState state, byte[] envelope) {
        return WireWriter.allocate(RatchetState.KEY_LENGTH + SALT_LENGTH + SEALED_HEADER_LENGTH)
                .bytes(state.binding)
                .bytes(envelope, 0, SALT_LENGTH + SEALED_HEADER_LENGTH)
                .toBytes();
    }

    void erase() {
        state.erase();
    }

    private static void wipe(byte[] key) {
        Arrays.fill(key, (byte) 0);
    }

    /// What stands in a header.
    private record Header(Blob ratchetKey, int previous, int number) {
        static Header of(byte[] header) {
            try {
                var in = new WireReader(header);
                return new Header(Blob.of(in.bytes(X25519KeyPair.KEY_LENGTH)), count(in.u32()), count(in.u32()));
            } catch (MalformedPacketException e) {
                throw new IllegalStateException("a header has a fixed length", e);
            }
        }

        /// Negative for what no honest side counts to.
        private static int count(long value) {
            return value > Integer.MAX_VALUE ? -1 : (int) value;
        }
    }
}
