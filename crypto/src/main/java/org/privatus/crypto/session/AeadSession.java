package org.privatus.crypto.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;

/// Both directions of a packet stream between two nodes, each packet with an explicit 64-bit counter that is its nonce.
///
/// The caller's header carries the counter ([#nextCounter()]) and the key phase ([#sendPhase()], one bit suffices), and is
/// authenticated as associated data. Sealing and opening allocate nothing of their own.
///
/// **Keys change** without a message, each direction by itself, as in QUIC (RFC 9001 §6): the sender calls
/// [#rekeySender()] when [#rekeyDue()], which is well before [#PACKETS_PER_KEY], and its packets show the other phase from
/// then on; counters go on. The receiver follows when a packet of the next phase has opened, and still opens packets of
/// the phase before that were overtaken. The next key is Noise's REKEY of the last (§4.2), so an old one cannot be found
/// from it.
///
/// **A secret** that both sides have come to share meanwhile ([#rekeySender(byte[])], [#expect]) goes into such a change: the next key is then
/// `HMAC-SHA-256(REKEY of the last, secret)`. The receiver tries both keys on packets of the next phase, so nobody has to agree on when.
///
/// One owner; not thread-safe.
public final class AeadSession {
    /// Packets that may be sealed under one key. The next one is a bug and throws.
    public static final int PACKETS_PER_KEY = 1 << 22;

    /// [#open] when the tag is wrong.
    public static final int FORGED = -1;

    /// [#open] when the packet was opened before, or is too old to tell.
    public static final int REPLAYED = -2;

    private static final byte[] EMPTY = {};
    private static final long REKEY_NONCE = -1L;

    private final CryptoSuite suite;
    private final AeadKind kind;
    private final int packetsPerKey;
    private final ReplayWindow window = new ReplayWindow();

    private Aead sender;
    private long nextCounter;
    private long firstCounterOfKey;
    private int sendPhase;

    private Aead receiver;
    private @Nullable Aead previousReceiver;
    private @Nullable Aead nextReceiver;

    /// REKEY of the receiving key, as long as there is a next one: ciphers refuse to make it twice.
    private byte[] nextKey = EMPTY;

    private long firstCounterOfPhase;
    private int receivePhase;
    private long receiveKeyChanges;

    /// A secret that the next receiving key may hold, and the key that does.
    private byte @Nullable [] expected;

    private @Nullable Aead expectedReceiver;
    private boolean secretReceived;

    /// Reads the keys (32 bytes each), which stay the caller's.
    public AeadSession(CryptoSuite suite, AeadKind kind, byte[] sendKey, byte[] receiveKey) {
        this(suite, kind, sendKey, receiveKey, PACKETS_PER_KEY);
    }

    AeadSession(CryptoSuite suite, AeadKind kind, byte[] sendKey, byte[] receiveKey, int packetsPerKey) {
        this.suite = suite;
        this.kind = kind;
        this.packetsPerKey = packetsPerKey;
        this.sender = suite.aead(kind, sendKey);
        this.receiver = suite.aead(kind, receiveKey);
    }

    /// The counter that [#seal] will use next.
    public long nextCounter() {
        return nextCounter;
    }

    /// The phase of the key that [#seal] will use next: 0 or 1.
    public int sendPhase() {
        return sendPhase;
    }

    /// Seals a packet under the next counter and returns its length, `length + 16`.
    public int seal(
            byte[] ad, int adOffset, int adLength, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        if (nextCounter - firstCounterOfKey >= packetsPerKey) {
            throw new IllegalStateException("key used for " + packetsPerKey + " packets");
        }
        return sender.seal(nextCounter++, ad, adOffset, adLength, in, inOffset, length, out, outOffset);
    }

    /// Whether half of what the key may seal is used up.
    public boolean rekeyDue() {
        return nextCounter - firstCounterOfKey >= packetsPerKey / 2;
    }

    /// Replaces the sending key; packets sealed from now on are of the other phase. Only once per round trip: the receiver
    /// follows one step at a time.
    public void rekeySender() {
        replaceSender(EMPTY);
    }

    /// As [#rekeySender()], with a secret of 32 bytes in the new key, which the other side has to [#expect].
    public void rekeySender(byte[] secret) {
        replaceSender(secret);
    }

    private void replaceSender(byte[] secret) {
        byte[] key = rekeyed(sender);
        sender.erase();
        sender = successor(key, secret);
        Arrays.fill(key, (byte) 0);
        sendPhase ^= 1;
        firstCounterOfKey = nextCounter;
    }

    /// From now on the other side may change to a key that holds this secret of 32 bytes, once. Replaces what was expected before.
    public void expect(byte[] secret) {
        forgetExpected();
        expected = secret.clone();
        secretReceived = false;
    }

    /// Whether a packet has come whose key holds the secret that was expected last.
    public boolean isSecretReceived() {
        return secretReceived;
    }

    /// How often the other side has changed its key.
    public long receiveKeyChanges() {
        return receiveKeyChanges;
    }

    /// Erases the key before the other side's current one: packets that were overtaken by its last change do not open any more.
    public void forgetPrevious() {
        if (previousReceiver != null) {
            previousReceiver.erase();
            previousReceiver = null;
        }
    }

    /// Opens a packet of `length` bytes; returns the length of its content, [#FORGED] or [#REPLAYED]. `counter` and
    /// `phase` are what the header claims; if the packet opens, they are true. `in` and `out` must not be the same array: a packet may be tried
    /// with two keys.
    public int open(
            long counter,
            int phase,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset) {
        if (!window.isFresh(counter)) {
            return REPLAYED;
        }
        boolean ofThisPhase = (phase & 1) == receivePhase;
        boolean overtaken = counter < firstCounterOfPhase;
        Aead key = ofThisPhase ? receiver : overtaken ? previousReceiver : nextReceiver();
        if (key == null) {
            return FORGED;
        }
        int opened = key.open(counter, ad, adOffset, adLength, in, inOffset, length, out, outOffset);
        byte[] secret = expected;
        boolean holdsSecret = false;
        if (opened < 0 && !ofThisPhase && !overtaken && secret != null) {
            holdsSecret = true;
            key = expectedReceiver(secret);
            opened = key.open(counter, ad, adOffset, adLength, in, inOffset, length, out, outOffset);
        }
        if (opened < 0) {
            return FORGED;
        }
        window.accept(counter);
        if (ofThisPhase) {
            firstCounterOfPhase = Math.min(firstCounterOfPhase, counter);
            forgetPreviousIfUseless();
        } else if (!overtaken) {
            enterNextPhase(key, holdsSecret, counter);
        }
        return opened;
    }

    private Aead expectedReceiver(byte[] secret) {
        Aead next = expectedReceiver;
        if (next == null) {
            nextReceiver();
            next = successor(nextKey, secret);
            expectedReceiver = next;
        }
        return next;
    }

    private Aead nextReceiver() {
        Aead next = nextReceiver;
        if (next == null) {
            nextKey = rekeyed(receiver);
            next = successor(nextKey, EMPTY);
            nextReceiver = next;
        }
        return next;
    }

    /// What was expected goes on being so, as a successor of the new key, unless this is it.
    private void enterNextPhase(Aead next, boolean holdsSecret, long counter) {
        forgetPrevious();
        previousReceiver = receiver;
        receiver = next;
        if (holdsSecret) {
            expectedReceiver = null;
            forgetExpected();
            secretReceived = true;
        } else if (expectedReceiver != null) {
            expectedReceiver.erase();
            expectedReceiver = null;
        }
        if (holdsSecret && nextReceiver != null) {
            nextReceiver.erase();
        }
        nextReceiver = null;
        Arrays.fill(nextKey, (byte) 0);
        receivePhase ^= 1;
        receiveKeyChanges++;
        firstCounterOfPhase = counter;
    }

    private void forgetExpected() {
        if (expected != null) {
            Arrays.fill(expected, (byte) 0);
            expected = null;
        }
        if (expectedReceiver != null) {
            expectedReceiver.erase();
            expectedReceiver = null;
        }
    }

    /// A packet of the phase before would no longer be fresh.
    private void forgetPreviousIfUseless() {
        if (previousReceiver != null && window.highest() - firstCounterOfPhase >= ReplayWindow.SIZE) {
            forgetPrevious();
        }
    }

    private static byte[] rekeyed(Aead key) {
        byte[] sealed = new byte[Aead.KEY_LENGTH + Aead.TAG_LENGTH];
        key.seal(REKEY_NONCE, EMPTY, 0, 0, sealed, 0, Aead.KEY_LENGTH, sealed, 0);
        byte[] next = Arrays.copyOf(sealed, Aead.KEY_LENGTH);
        Arrays.fill(sealed, (byte) 0);
        return next;
    }

    /// @param secret empty if none is to be in the key
    private Aead successor(byte[] rekeyed, byte[] secret) {
        if (secret.length == 0) {
            return suite.aead(kind, rekeyed);
        }
        byte[] mixed = suite.hmacSha256(rekeyed, secret);
        Aead successor = suite.aead(kind, mixed);
        Arrays.fill(mixed, (byte) 0);
        return successor;
    }

    /// The highest counter that was opened, -1 before the first: what truncated counters are completed from.
    public long highestReceived() {
        return window.highest();
    }

    /// Forgets all keys; nothing may be called after it.
    public void erase() {
        sender.erase();
        receiver.erase();
        forgetPrevious();
        forgetExpected();
        if (nextReceiver != null) {
            nextReceiver.erase();
        }
        Arrays.fill(nextKey, (byte) 0);
    }
}
