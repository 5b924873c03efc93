package org.privatus.crypto.suite;

import java.security.SecureRandom;
import java.util.Arrays;

/// Random bytes in quantity, at a fraction of what a `SecureRandom` takes: AES-256 in counter mode under a key that is drawn
/// from one at first use, a kilobyte ahead. Each kilobyte begins with the key of the next and is erased as it is given out, so
/// that what was given out cannot be found again. For bytes that fill and pad; keys come from the `SecureRandom`. One owner.
public final class RandomFill {
    private static final int KEY_LENGTH = 32;
    private static final int AHEAD = 1024;
    private static final byte[] ZEROS = new byte[KEY_LENGTH + AHEAD];

    private final CryptoSuite suite;
    private final SecureRandom random;
    private byte[] ready = {};
    private int used;

    public RandomFill(CryptoSuite suite, SecureRandom random) {
        this.suite = suite;
        this.random = random;
    }

    /// Fills `length` bytes of `out` from `offset` on.
    public void fill(byte[] out, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (used == ready.length) {
                refill();
            }
            int count = Math.min(end - at, ready.length - used);
            System.arraycopy(ready, used, out, at, count);
            Arrays.fill(ready, used, used + count, (byte) 0);
            used += count;
            at += count;
        }
    }

    private void refill() {
        byte[] key = new byte[KEY_LENGTH];
        if (ready.length == 0) {
            random.nextBytes(key);
        } else {
            System.arraycopy(ready, 0, key, 0, KEY_LENGTH);
        }
        Arrays.fill(ready, (byte) 0);
        ready = suite.aes256Ctr(key, ZEROS);
        used = KEY_LENGTH;
        Arrays.fill(key, (byte) 0);
    }
}
