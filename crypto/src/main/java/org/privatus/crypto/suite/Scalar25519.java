package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Integers modulo L = 2^252 + 27742317777372353535851937790883648493, the order of Ed25519's group (RFC 8032 §5.1), as
/// little-endian bytes. In constant time for all inputs of one length; some 3 µs each.
final class Scalar25519 {
    static final int LENGTH = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS = 4;
    private static final long[] ORDER = {0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L};

    private Scalar25519() {}

    /// 64 bytes modulo L.
    static byte[] reduce(byte[] wide) {
        long[] words = new long[2 * WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) LONG.get(wide, i * Long.BYTES);
        }
        return remainder(words);
    }

    /// a · b + c modulo L; each 32 bytes, reduced or not.
    static byte[] multiplyAdd(byte[] a, byte[] b, byte[] c) {
        long[] sum = new long[2 * WORDS];
        for (int i = 0; i < WORDS; i++) {
            sum[i] = (long) LONG.get(c, i * Long.BYTES);
        }
        for (int i = 0; i < WORDS; i++) {
            addProduct((long) LONG.get(a, i * Long.BYTES), b, sum, i);
        }
        return remainder(sum);
    }

    /// sum += factor · b · 2^(64 · at)
    private static void addProduct(long factor, byte[] b, long[] sum, int at) {
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            long word = (long) LONG.get(b, i * Long.BYTES);
            long low = factor * word;
            long high = Math.unsignedMultiplyHigh(factor, word);
            low += carry;
            high += borrow(low, carry);
            long total = sum[at + i] + low;
            high += borrow(total, low);
            sum[at + i] = total;
            carry = high;
        }
        for (int i = at + WORDS; i < sum.length; i++) {
            long total = sum[i] + carry;
            carry = borrow(total, carry);
            sum[i] = total;
        }
    }

    /// 1 if x is below y as unsigned numbers, else 0.
    private static long borrow(long x, long y) {
        return ((~x & y) | (~(x ^ y) & (x - y))) >>> 63;
    }

    /// By binary division: a bit of the dividend at a time.
    private static byte[] remainder(long[] dividend) {
        long[] rest = new long[WORDS];
        long[] less = new long[WORDS];
        for (int bit = dividend.length * Long.SIZE - 1; bit >= 0; bit--) {
            shiftIn(rest, dividend[bit >>> 6] >>> (bit & 63) & 1);
            long tooSmall = -subtractOrder(rest, less);
            for (int i = 0; i < WORDS; i++) {
                rest[i] = (rest[i] & tooSmall) | (less[i] & ~tooSmall);
            }
        }
        byte[] out = new byte[LENGTH];
        for (int i = 0; i < WORDS; i++) {
            LONG.set(out, i * Long.BYTES, rest[i]);
        }
        return out;
    }

    private static void shiftIn(long[] words, long bit) {
        for (int i = WORDS - 1; i > 0; i--) {
            words[i] = words[i] << 1 | words[i - 1] >>> 63;
        }
        words[0] = words[0] << 1 | bit;
    }

    /// less = words - L; 1 if that is below zero.
    private static long subtractOrder(long[] words, long[] less) {
        long taken = 0;
        for (int i = 0; i < WORDS; i++) {
            long first = words[i] - ORDER[i];
            less[i] = first - taken;
            taken = borrow(words[i], ORDER[i]) | borrow(first, taken);
        }
        return taken;
    }
}
