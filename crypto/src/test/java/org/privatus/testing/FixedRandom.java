package org.privatus.testing;

import java.security.SecureRandom;

/// Hands out given bytes, in order and once: for known answers whose randomness is part of the vector.
public final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private int at;

    public FixedRandom(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] out) {
        System.arraycopy(bytes, at, out, 0, out.length);
        at += out.length;
    }
}
