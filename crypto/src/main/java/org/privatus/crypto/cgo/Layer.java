package org.privatus.crypto.cgo;

import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.Uiv;

/// One hop's state in one direction: the wide-block cipher, the nonce that marks a cell as meant for this hop, and the
/// chaining tag T', through which each cell depends on all before it. Both ends hold the same.
final class Layer {
    static final int SEED_LENGTH = Uiv.KEY_LENGTH + Uiv.NONCE_LENGTH;

    private final Uiv uiv;
    private final byte[] nonce;
    private byte[] tag = new byte[Uiv.TAG_LENGTH];
    private byte[] spare = new byte[Uiv.TAG_LENGTH];

    /// From 80 bytes of a hop's seed.
    Layer(CryptoSuite suite, byte[] seed, int offset) {
        byte[] key = Arrays.copyOfRange(seed, offset, offset + Uiv.KEY_LENGTH);
        uiv = suite.uiv(key);
        nonce = Arrays.copyOfRange(seed, offset + Uiv.KEY_LENGTH, offset + SEED_LENGTH);
        Arrays.fill(key, (byte) 0);
    }

    /// For published test vectors alone.
    Layer(Uiv uiv, byte[] nonce, byte[] tag) {
        this.uiv = uiv;
        this.nonce = nonce.clone();
        this.tag = tag.clone();
    }

    /// A relay's only operation. The chaining tag becomes what comes out.
    void wrap(int command, byte[] body, int offset) {
        uiv.encrypt(tag, command, body, offset);
        System.arraycopy(body, offset, tag, 0, tag.length);
    }

    /// The client's only operation, the inverse of [#wrap]. The chaining tag becomes what went in.
    void unwrap(int command, byte[] body, int offset) {
        System.arraycopy(body, offset, spare, 0, spare.length);
        uiv.decrypt(tag, command, body, offset);
        byte[] before = spare;
        spare = tag;
        tag = before;
    }

    void putNonce(byte[] body, int offset) {
        System.arraycopy(nonce, 0, body, offset, nonce.length);
    }

    /// Whether the cell is meant for, or comes from, this hop. In constant time.
    boolean startsWithNonce(byte[] body, int offset) {
        int difference = 0;
        for (int i = 0; i < nonce.length; i++) {
            difference |= body[offset + i] ^ nonce[i];
        }
        return difference == 0;
    }

    /// New key and nonce, after a cell to this hop.
    void updateByNonce() {
        uiv.update(nonce, nonce);
    }

    /// New key and nonce, after a cell from this hop: chosen by its tag as the hop sent it, which is T' by now.
    void updateByTag() {
        uiv.update(tag, nonce);
    }

    void copyTag(byte[] out) {
        System.arraycopy(tag, 0, out, 0, tag.length);
    }

    byte[] nonce() {
        return nonce.clone();
    }

    byte[] tag() {
        return tag.clone();
    }

    void erase() {
        uiv.erase();
        Arrays.fill(nonce, (byte) 0);
        Arrays.fill(tag, (byte) 0);
        Arrays.fill(spare, (byte) 0);
    }
}
