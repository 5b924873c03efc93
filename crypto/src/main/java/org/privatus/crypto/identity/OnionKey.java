package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;

/// The X25519 public key that circuits to a relay are built with; a relay rotates it (see [OnionKeys]).
public final class OnionKey extends Bytes32 implements Comparable<OnionKey> {
    private OnionKey(byte[] bytes) {
        super(bytes);
    }

    private OnionKey(WireReader in) throws MalformedPacketException {
        super(in);
    }

    public static OnionKey of(byte[] bytes) {
        return new OnionKey(bytes);
    }

    public static OnionKey read(WireReader in) throws MalformedPacketException {
        return new OnionKey(in);
    }

    @Override
    public int compareTo(OnionKey other) {
        return compareWords(other);
    }
}
