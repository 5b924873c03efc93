package org.privatus.crypto.ntor;

import java.util.Arrays;

/// What one side has after the handshake: the hop's seed and the other side's extra bytes.
public final class HopKeys {
    private final byte[] seed;
    private final byte[] extra;

    HopKeys(byte[] seed, byte[] extra) {
        this.seed = seed;
        this.extra = extra;
    }

    /// 160 bytes. Not a copy: [#erase()] clears it.
    public byte[] seed() {
        return seed;
    }

    /// What the other side sent along, empty if nothing. Not a copy.
    public byte[] extra() {
        return extra;
    }

    public void erase() {
        Arrays.fill(seed, (byte) 0);
    }
}
