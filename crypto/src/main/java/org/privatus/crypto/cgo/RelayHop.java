package org.privatus.crypto.cgo;

import org.privatus.crypto.suite.CryptoSuite;

/// A relay's cell encryption on one circuit. Bodies, offsets and rules are those of [ClientCircuitCrypto]; here too the
/// two directions share nothing and may be worked on by two jobs at one time.
public final class RelayHop {
    private final Layer outbound;
    private final Layer inbound;
    private final byte[] receivedTag = new byte[ClientCircuitCrypto.TAG_LENGTH];
    private final byte[] arrivedTag = new byte[ClientCircuitCrypto.TAG_LENGTH];
    private final byte[] sentTag = new byte[ClientCircuitCrypto.TAG_LENGTH];

    /// From the 160 bytes that the handshake yielded; they stay the caller's.
    public RelayHop(CryptoSuite suite, byte[] seed) {
        if (seed.length != ClientCircuitCrypto.SEED_LENGTH) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes");
        }
        this(new Layer(suite, seed, 0), new Layer(suite, seed, Layer.SEED_LENGTH));
    }

    RelayHop(Layer outbound, Layer inbound) {
        this.outbound = outbound;
        this.inbound = inbound;
    }

    /// Takes in a cell from the client's side. `true`: it is for this relay, and its message is in the body. `false`: the
    /// body goes to the next hop; at the last hop that is a violation, and the circuit must be destroyed.
    public boolean forward(int command, byte[] body, int offset) {
        System.arraycopy(body, offset, arrivedTag, 0, arrivedTag.length);
        outbound.wrap(command, body, offset);
        if (!outbound.startsWithNonce(body, offset)) {
            return false;
        }
        System.arraycopy(arrivedTag, 0, receivedTag, 0, receivedTag.length);
        outbound.updateByNonce();
        return true;
    }

    /// The tag that a SENDME for the last cell for this relay must repeat.
    public byte[] receivedTag() {
        return receivedTag.clone();
    }

    /// Writes [#receivedTag()] to the 16 bytes of `out` from `offset` on.
    public void copyReceivedTag(byte[] out, int offset) {
        System.arraycopy(receivedTag, 0, out, offset, receivedTag.length);
    }

    /// Encrypts a message of this relay's own, in `body`, for the client.
    public void originate(int command, byte[] body, int offset) {
        inbound.putNonce(body, offset);
        inbound.wrap(command, body, offset);
        inbound.copyTag(sentTag);
        inbound.updateByTag();
    }

    /// The tag that a SENDME for the last originated cell must repeat.
    public byte[] sentTag() {
        return sentTag.clone();
    }

    /// Writes [#sentTag()] to the 16 bytes of `out` from `offset` on.
    public void copySentTag(byte[] out, int offset) {
        System.arraycopy(sentTag, 0, out, offset, sentTag.length);
    }

    /// Adds this relay's layer to a cell from a farther hop.
    public void backward(int command, byte[] body, int offset) {
        inbound.wrap(command, body, offset);
    }

    /// Forgets all keys; nothing may be called after it.
    public void erase() {
        outbound.erase();
        inbound.erase();
    }
}
