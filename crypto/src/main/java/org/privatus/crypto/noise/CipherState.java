package org.privatus.crypto.noise;

import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// One direction of an ordered stream of messages under one key, with the nonce counted here (Noise §5.1). A message that
/// does not open leaves the counter where it was. For packets that get lost or overtake each other there is
/// [org.privatus.crypto.session.AeadSession].
public final class CipherState {
    private final Aead aead;
    private long nonce;

    public CipherState(CryptoSuite suite, AeadKind kind, byte[] key) {
        this(suite.aead(kind, key), 0);
    }

    private CipherState(Aead aead, long nonce) {
        this.aead = aead;
        this.nonce = nonce;
    }

    public byte[] seal(byte[] associatedData, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + Aead.TAG_LENGTH];
        aead.seal(nextNonce(), associatedData, 0, associatedData.length, plaintext, 0, plaintext.length, sealed, 0);
        nonce++;
        return sealed;
    }

    /// Seals in place; the tag goes behind. Returns the length of both.
    int seal(byte[] associatedData, byte[] data, int offset, int length) {
        int sealed =
                aead.seal(nextNonce(), associatedData, 0, associatedData.length, data, offset, length, data, offset);
        nonce++;
        return sealed;
    }

    /// The plaintext of `length` sealed bytes at `offset`.
    public byte[] open(byte[] associatedData, byte[] sealed, int offset, int length) throws MalformedPacketException {
        byte[] plaintext = new byte[Math.max(0, length - Aead.TAG_LENGTH)];
        open(associatedData, sealed, offset, length, plaintext);
        return plaintext;
    }

    /// As [#open(byte[], byte[], int, int)] into `out`; the length of the plaintext.
    int open(byte[] associatedData, byte[] sealed, int offset, int length, byte[] out) throws MalformedPacketException {
        if (length < Aead.TAG_LENGTH) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        int opened = aead.open(nextNonce(), associatedData, 0, associatedData.length, sealed, offset, length, out, 0);
        if (opened < 0) {
            throw new MalformedPacketException(Reason.BAD_TAG);
        }
        nonce++;
        return opened;
    }

    private long nextNonce() {
        if (nonce < 0) {
            throw new IllegalStateException("nonces are used up");
        }
        return nonce;
    }

    /// The same key with a counter of its own: for trying a message that may turn out to be forged.
    CipherState fork() {
        return new CipherState(aead, nonce);
    }

    public void erase() {
        aead.erase();
    }
}
