package org.privatus.onion.work;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.privatus.crypto.suite.CryptoSuite;

/// A puzzle that takes as many hashes as was asked for, on average, and one to check (the idea of Tor's proposal 327 with
/// a plain hash: it needs no memory and is checked in a microsecond; who has special hardware solves it cheaper).
///
/// ```
///  solved if first 4 bytes of SHA-256("privatus work 1" 15 ‖ challenge 16 ‖ effort 4 ‖ nonce 8) · effort < 2³²
/// ```
///
/// The challenge is the gateway's, for one circuit, one request and a few minutes: nothing can be worked out before, used
/// twice, or given to others.
public final class Work {
    private static final byte[] LABEL = "privatus work 1".getBytes(StandardCharsets.US_ASCII);
    private static final int EFFORT_OFFSET = LABEL.length + WorkAsked.CHALLENGE_LENGTH;
    private static final int NONCE_OFFSET = EFFORT_OFFSET + Integer.BYTES;
    private static final byte[] NOTHING = new byte[0];

    private final CryptoSuite suite;
    private final long effort;
    private final byte[] input = new byte[NONCE_OFFSET + Long.BYTES];
    private final byte[] hash = new byte[32];

    public Work(CryptoSuite suite, byte[] challenge, long effort) {
        this.suite = suite;
        this.effort = effort;
        System.arraycopy(LABEL, 0, input, 0, LABEL.length);
        System.arraycopy(challenge, 0, input, LABEL.length, WorkAsked.CHALLENGE_LENGTH);
        for (int i = 0; i < Integer.BYTES; i++) {
            input[EFFORT_OFFSET + i] = (byte) (effort >>> (8 * (Integer.BYTES - 1 - i)));
        }
    }

    public boolean isSolvedBy(long nonce) {
        for (int i = 0; i < Long.BYTES; i++) {
            input[NONCE_OFFSET + i] = (byte) (nonce >>> (8 * (Long.BYTES - 1 - i)));
        }
        suite.sha256(NOTHING, input, 0, input.length, hash);
        long first = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            first = first << 8 | (hash[i] & 0xff);
        }
        return (first * effort) >>> 32 == 0;
    }

    /// The first nonce that solves it, of so many from `nonce` on.
    public OptionalLong search(long nonce, int count) {
        for (int i = 0; i < count; i++) {
            if (isSolvedBy(nonce + i)) {
                return OptionalLong.of(nonce + i);
            }
        }
        return OptionalLong.empty();
    }
}
