package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// POLYVAL in plain Java, in constant time: no table, no branch and no index depends on key or data. It relies on the
/// machine's 64-bit integer multiplication taking the same time for all operands.
///
/// A carry-less product is made of integer products of operands that keep every fourth bit only: a column of such a
/// product sums at most 15 partial bits below bit 60, so its carries end within the three empty bits above and the
/// lowest bit of the column is the wanted exclusive-or (the technique of BearSSL's `ctmul64`). That gives the low half
/// of a 64-bit product; the high half is the low half of the product of the bit-reversed operands. Three products of 64
/// bits make one of 128 (Karatsuba).
final class PortablePolyval implements Polyval {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EVERY_FOURTH = 0x1111111111111111L;

    // The key's low and high 64 coefficients and their sum, and the same bit-reversed.
    private long keyLow;
    private long keyHigh;
    private long keySum;
    private long keyLowReversed;
    private long keyHighReversed;
    private long keySumReversed;

    private long sumLow;
    private long sumHigh;

    @Override
    public void init(byte[] key, int offset) {
        setKey((long) LONGS.get(key, offset), (long) LONGS.get(key, offset + 8));
    }

    private void setKey(long low, long high) {
        keyLow = low;
        keyHigh = high;
        keySum = low ^ high;
        keyLowReversed = Long.reverse(low);
        keyHighReversed = Long.reverse(high);
        keySumReversed = Long.reverse(low ^ high);
        sumLow = 0;
        sumHigh = 0;
    }

    @Override
    public void update(byte[] in, int offset, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int at = offset + i * BLOCK_LENGTH;
            addBlock((long) LONGS.get(in, at), (long) LONGS.get(in, at + 8));
        }
    }

    /// sum = dot(sum ^ block, key): the 256-bit product `w3 ‖ w2 ‖ w1 ‖ w0`, then its division by x^128.
    private void addBlock(long blockLow, long blockHigh) {
        long low = sumLow ^ blockLow;
        long high = sumHigh ^ blockHigh;
        long lowReversed = Long.reverse(low);
        long highReversed = Long.reverse(high);

        long low0 = multiplyLow(low, keyLow);
        long high0 = multiplyLow(high, keyHigh);
        long middle0 = multiplyLow(low ^ high, keySum) ^ low0 ^ high0;
        long low1 = Long.reverse(multiplyLow(lowReversed, keyLowReversed)) >>> 1;
        long high1 = Long.reverse(multiplyLow(highReversed, keyHighReversed)) >>> 1;
        long middle1 = (Long.reverse(multiplyLow(lowReversed ^ highReversed, keySumReversed)) >>> 1) ^ low1 ^ high1;

        long w0 = low0;
        long w1 = low1 ^ middle0;
        long w2 = high0 ^ middle1;
        long w3 = high1;

        // Adding w0 times the field polynomial x^128 + x^127 + x^126 + x^121 + 1 clears w0; then the same for w1.
        w1 ^= w0 << 63 ^ w0 << 62 ^ w0 << 57;
        w2 ^= w0 ^ w0 >>> 1 ^ w0 >>> 2 ^ w0 >>> 7;
        w2 ^= w1 << 63 ^ w1 << 62 ^ w1 << 57;
        w3 ^= w1 ^ w1 >>> 1 ^ w1 >>> 2 ^ w1 >>> 7;
        sumLow = w2;
        sumHigh = w3;
    }

    /// The low 64 bits of the carry-less product.
    private static long multiplyLow(long x, long y) {
        long x0 = x & EVERY_FOURTH;
        long x1 = x & EVERY_FOURTH << 1;
        long x2 = x & EVERY_FOURTH << 2;
        long x3 = x & EVERY_FOURTH << 3;
        long y0 = y & EVERY_FOURTH;
        long y1 = y & EVERY_FOURTH << 1;
        long y2 = y & EVERY_FOURTH << 2;
        long y3 = y & EVERY_FOURTH << 3;
        long z0 = x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1;
        long z1 = x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2;
        long z2 = x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3;
        long z3 = x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0;
        return (z0 & EVERY_FOURTH) | (z1 & EVERY_FOURTH << 1) | (z2 & EVERY_FOURTH << 2) | (z3 & EVERY_FOURTH << 3);
    }

    @Override
    public void digest(byte[] out, int offset) {
        LONGS.set(out, offset, sumLow);
        LONGS.set(out, offset + 8, sumHigh);
        sumLow = 0;
        sumHigh = 0;
    }

    @Override
    public void erase() {
        setKey(0, 0);
    }
}
