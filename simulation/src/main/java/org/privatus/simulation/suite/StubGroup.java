package org.privatus.simulation.suite;

import org.privatus.simulation.random.Mix;

/// Agreement in the additive group of the integers modulo the Mersenne prime 2⁶¹ - 1: a public key is the secret's multiple of a generator, and
/// what two sides share is the same product of three numbers. It commutes as the real one does, costs one multiplication, and hides nothing from whoever
/// can divide. An element is written as a key of 32 bytes: the element, and 24 bytes of check that also say what kind of key it is.
final class StubGroup {
    static final int KEY_LENGTH = 32;

    /// Marks the keys that agree.
    static final long AGREEMENT = 0x5831;

    /// Marks the keys that sign.
    static final long SIGNATURE = 0x4531;

    private static final long PRIME = (1L << 61) - 1;
    private static final long GENERATOR = 0x1357_9BDF_0246_8ACEL % PRIME;

    private StubGroup() {}

    /// factor · generator
    static long multiple(long factor) {
        return multiply(GENERATOR, factor);
    }

    static long multiple(long element, long factor) {
        return multiply(element, factor);
    }

    /// The factor that a secret stands for: never 0.
    static long factor(byte[] secret) {
        return 1 + Long.remainderUnsigned(Mix.of(1, secret, 0, secret.length), PRIME - 1);
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
}
