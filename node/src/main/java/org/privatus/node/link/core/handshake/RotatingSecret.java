package org.privatus.node.link.core.handshake;

import java.security.SecureRandom;
import java.util.Arrays;

/// A secret of 32 bytes that is made anew after its life, and the one before it. It needs no timer: it looks at the clock when it is used.
final class RotatingSecret {
    private static final int LENGTH = 32;
    private static final byte[] NONE = {};

    private final long lifeNanos;
    private byte[] current = NONE;
    private byte[] previous = NONE;
    private long madeNanos;

    RotatingSecret(long lifeNanos) {
        this.lifeNanos = lifeNanos;
    }

    /// Makes what is too old anew, with the first call too.
    void advance(SecureRandom keys, long now) {
        if (current.length > 0 && now - madeNanos < lifeNanos) {
            return;
        }
        Arrays.fill(previous, (byte) 0);
        boolean overdue = now - madeNanos >= 2 * lifeNanos;
        if (overdue) {
            Arrays.fill(current, (byte) 0);
        }
        previous = overdue ? NONE : current;
        current = new byte[LENGTH];
        keys.nextBytes(current);
        madeNanos = now;
    }

    byte[] current() {
        return current;
    }

    /// Empty if there is none that still counts.
    byte[] previous() {
        return previous;
    }
}
