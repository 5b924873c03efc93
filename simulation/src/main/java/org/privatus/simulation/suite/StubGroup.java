package org.privatus.simulation.suite;

import org.privatus.simulation.random.Mix;

/// Diffie-Hellman in the multiplicative group of the Mersenne prime 2⁶¹ - 1, small enough to cost a few hundred nanoseconds. An
/// element is written as a key of 32 bytes: the element, and 24 bytes of check that also say what kind of key it is.
final class StubGroup {
    static final int KEY_LENGTH = 32;

    /// Marks the keys that agree.
    static final long AGREEMENT = 0x5831;

    /// Marks the keys that sign.
    static final long SIGNATURE = 0x4531;

    private static final long PRIME = (1L << 61) - 1;
    private static final long GENERATOR = 37; // a primitive root
    private static final int WINDOW_BITS = 4;
    private static final int WINDOWS = 16;
    private static final long[][] POWERS = powers();

    private StubGroup() {}

    /// generator^exponent
    static long power(long exponent) {
        long result = 1;
        for (int window = 0; window < WINDOWS; window++) {
            int digit = (int) (exponent >>> (WINDOW_BITS * window)) & 15;
            if (digit != 0) {
                result = multiply(result, POWERS[window][digit]);
            }
        }
        return result;
    }

    static long power(long element, long exponent) {
        long result = 1;
        long square = element;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /// The exponent that a secret stands for: never 0.
    static long exponent(byte[] secret) {
        return 1 + Long.remainderUnsigned(Mix.of(1, secret, 0, secret.length), PRIME - 2);
    }

    static byte[] encode(long element, long kind) {
        var key = new byte[KEY_LENGTH];
        StubHash.putLong(key, 0, element);
        for (int word = 1; word < 4; word++) {
            StubHash.putLong(key, Long.BYTES * word, check(element, kind, word));
        }
        return key;
    }

    /// The element in a key, or 0 when it is none.
    static long element(byte[] key) {
        long element = StubHash.getLong(key, 0);
        return element > 0 && element < PRIME ? element : 0;
    }

    /// 0 when the check fits its element.
    static long mismatch(byte[] key, long kind) {
        long element = StubHash.getLong(key, 0);
        long difference = 0;
        for (int word = 1; word < 4; word++) {
            difference = Mix.of(difference, StubHash.getLong(key, Long.BYTES * word) ^ check(element, kind, word));
        }
        return difference ^ NO_MISMATCH;
    }

    private static final long NO_MISMATCH = Mix.of(Mix.of(Mix.of(0, 0), 0), 0);

    private static long check(long element, long kind, int word) {
        return Mix.of(element + kind, word);
    }

    private static long multiply(long a, long b) {
        long low = a * b;
        long high = (Math.multiplyHigh(a, b) << 3) | (low >>> 61);
        long sum = (low & PRIME) + high;
        return sum >= PRIME ? sum - PRIME : sum;
    }

    private static long[][] powers() {
        var powers = new long[WINDOWS][1 << WINDOW_BITS];
        long base = GENERATOR;
        for (long[] row : powers) {
            row[0] = 1;
            for (int digit = 1; digit < row.length; digit++) {
                row[digit] = multiply(row[digit - 1], base);
            }
            base = multiply(row[row.length - 1], base);
        }
        return powers;
    }
}
