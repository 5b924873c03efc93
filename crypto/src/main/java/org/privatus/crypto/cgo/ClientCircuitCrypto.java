package org.privatus.crypto.cgo;

import org.jspecify.annotations.Nullable;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.Uiv;

/// The cell encryption of a circuit's maker, towards all hops of the circuit. Hops count from 0, the nearest.
///
/// A body is 509 bytes at an offset: 16 that belong to the encryption, then the relay message of 493. Bodies are changed
/// in place. A lost, repeated, swapped or altered cell makes every later one of its direction unrecognisable; there is no
/// recovery but a new circuit. Each recognised or originated cell replaces the key of its hop.
///
/// The two directions share nothing: each may be with a job of its own, on its own thread, at one time. [#addHop] and
/// [#erase] need both. Nothing is allocated per cell ([BlockCiphers#PORTABLE] allocates new keys).
public final class ClientCircuitCrypto {
    /// Outbound seed 80, inbound seed 80.
    public static final int SEED_LENGTH = 2 * Layer.SEED_LENGTH;

    public static final int BODY_LENGTH = Uiv.BODY_LENGTH;
    public static final int TAG_LENGTH = Uiv.TAG_LENGTH;
    public static final int MESSAGE_LENGTH = BODY_LENGTH - TAG_LENGTH;
    public static final int MAX_HOPS = 8;

    /// [#receive] when no hop's nonce fits: the circuit must be destroyed.
    public static final int UNRECOGNISED = -1;

    private final CryptoSuite suite;
    private final @Nullable Layer[] outbound = new @Nullable Layer[MAX_HOPS];
    private final @Nullable Layer[] inbound = new @Nullable Layer[MAX_HOPS];
    private final byte[] sentTag = new byte[TAG_LENGTH];
    private final byte[] receivedTag = new byte[TAG_LENGTH];
    private int hops;

    public ClientCircuitCrypto(CryptoSuite suite) {
        this.suite = suite;
    }

    /// Adds the farthest hop, from the 160 bytes that its handshake yielded; they stay the caller's.
    public void addHop(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes");
        }
        addHop(new Layer(suite, seed, 0), new Layer(suite, seed, Layer.SEED_LENGTH));
    }

    void addHop(Layer out, Layer in) {
        if (hops == MAX_HOPS) {
            throw new IllegalStateException("more than " + MAX_HOPS + " hops");
        }
        outbound[hops] = out;
        inbound[hops] = in;
        hops++;
    }

    public int hops() {
        return hops;
    }

    /// Encrypts the message in `body` for hop `hop`; the body is then what goes to the first hop. `command` is that of the
    /// cell on the link.
    public void originate(int hop, int command, byte[] body, int offset) {
        Layer target = layer(outbound, hop);
        target.putNonce(body, offset);
        target.unwrap(command, body, offset);
        System.arraycopy(body, offset, sentTag, 0, TAG_LENGTH);
        target.updateByNonce();
        for (int i = hop - 1; i >= 0; i--) {
            layer(outbound, i).unwrap(command, body, offset);
        }
    }

    /// The tag that a SENDME for the last originated cell must repeat.
    public byte[] sentTag() {
        return sentTag.clone();
    }

    /// Writes [#sentTag()] to the 16 bytes of `out` from `offset` on.
    public void copySentTag(byte[] out, int offset) {
        System.arraycopy(sentTag, 0, out, offset, sentTag.length);
    }

    /// Decrypts a cell from the first hop until a hop is recognised as its sender; returns that hop, with its message in
    /// the body, or [#UNRECOGNISED].
    public int receive(int command, byte[] body, int offset) {
        for (int hop = 0; hop < hops; hop++) {
            Layer layer = layer(inbound, hop);
            layer.unwrap(command, body, offset);
            if (layer.startsWithNonce(body, offset)) {
                layer.copyTag(receivedTag);
                layer.updateByTag();
                return hop;
            }
        }
        return UNRECOGNISED;
    }

    /// The tag that a SENDME for the last received cell must repeat.
    public byte[] receivedTag() {
        return receivedTag.clone();
    }

    /// Writes [#receivedTag()] to the 16 bytes of `out` from `offset` on.
    public void copyReceivedTag(byte[] out, int offset) {
        System.arraycopy(receivedTag, 0, out, offset, receivedTag.length);
    }

    private static Layer layer(@Nullable Layer[] layers, int hop) {
        Layer layer = layers[hop];
        if (layer == null) {
            throw new IllegalStateException("no hop " + hop);
        }
        return layer;
    }

    /// Forgets all keys; the circuit has no hops afterwards.
    public void erase() {
        for (int hop = 0; hop < hops; hop++) {
            layer(outbound, hop).erase();
            layer(inbound, hop).erase();
            outbound[hop] = null;
            inbound[hop] = null;
        }
        hops = 0;
    }
}
