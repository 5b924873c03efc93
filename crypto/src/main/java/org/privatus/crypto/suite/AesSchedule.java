package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The key schedules of AES (FIPS 197 §5.2, §5.3.5) in the form that the JDK's AES takes: words big-endian; those of the
/// inverse cipher in the order of use, but for the last round key, which stands first. Written into the caller's arrays,
/// whose length says which AES it is: a key is changed without an object.
///
/// The S-box is a table of 256 bytes, as in the JDK's own key expansion; the inverse needs none.
final class AesSchedule {
    /// Words of a schedule of AES-128.
    static final int WORDS_128 = 44;

    /// Words of a schedule of AES-256.
    static final int WORDS_256 = 60;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int ROUND_WORDS = 4;
    private static final int REDUCTION = 0x1b;
    private static final byte[] S_BOX = sBox();

    private AesSchedule() {}

    /// Fills `schedule` from a key of 16 bytes ([#WORDS_128]) or 32 ([#WORDS_256]).
    static void expand(byte[] key, int offset, int[] schedule) {
        if (schedule.length == WORDS_128) {
            expand128(key, offset, schedule);
        } else {
            expand256(key, offset, schedule);
        }
    }

    private static void expand128(byte[] key, int offset, int[] schedule) {
        int a = (int) INT.get(key, offset);
        int b = (int) INT.get(key, offset + 4);
        int c = (int) INT.get(key, offset + 8);
        int d = (int) INT.get(key, offset + 12);
        int constant = 1;
        for (int i = 0; i < WORDS_128 - ROUND_WORDS; i += ROUND_WORDS) {
            schedule[i] = a;
            schedule[i + 1] = b;
            schedule[i + 2] = c;
            schedule[i + 3] = d;
            a ^= substitute(Integer.rotateLeft(d, Byte.SIZE)) ^ constant << 24;
            b ^= a;
            c ^= b;
            d ^= c;
            constant = constant << 1 ^ (constant >>> 7) * (REDUCTION | 0x100);
        }
        schedule[40] = a;
        schedule[41] = b;
        schedule[42] = c;
        schedule[43] = d;
    }

    private static void expand256(byte[] key, int offset, int[] schedule) {
        int keyWords = 8;
        for (int i = 0; i < keyWords; i++) {
            schedule[i] = (int) INT.get(key, offset + i * Integer.BYTES);
        }
        int constant = 1;
        for (int i = keyWords; i < WORDS_256; i++) {
            int word = schedule[i - 1];
            if (i % keyWords == 0) {
                word = substitute(Integer.rotateLeft(word, Byte.SIZE)) ^ constant << 24;
                constant <<= 1;
            } else if (i % keyWords == ROUND_WORDS) {
                word = substitute(word);
            }
            schedule[i] = schedule[i - keyWords] ^ word;
        }
    }

    private static int substitute(int word) {
        return S_BOX[word >>> 24] << 24
                | (S_BOX[word >>> 16 & 0xff] & 0xff) << 16
                | (S_BOX[word >>> 8 & 0xff] & 0xff) << 8
                | (S_BOX[word & 0xff] & 0xff);
    }

    /// Fills `inverse`, of the same length, with the schedule of the inverse cipher.
    static void invert(int[] schedule, int[] inverse) {
        int last = schedule.length - ROUND_WORDS;
        for (int i = ROUND_WORDS; i < last; i++) {
            inverse[i + ROUND_WORDS] = unmixed(schedule[i]);
        }
        for (int low = 2 * ROUND_WORDS, high = last; low < high; low += ROUND_WORDS, high -= ROUND_WORDS) {
            swapRounds(inverse, low, high);
        }
        for (int i = 0; i < ROUND_WORDS; i++) {
            inverse[i] = schedule[i];
            inverse[i + ROUND_WORDS] = schedule[last + i];
        }
    }

    private static void swapRounds(int[] words, int low, int high) {
        for (int i = 0; i < ROUND_WORDS; i++) {
            int word = words[low + i];
            words[low + i] = words[high + i];
            words[high + i] = word;
        }
    }

    /// InvMixColumns of one column, all four bytes at a time.
    private static int unmixed(int x1) {
        int x2 = doubled(x1);
        int x4 = doubled(x2);
        int x8 = doubled(x4);
        int x9 = x8 ^ x1;
        return x8
                ^ x4
                ^ x2
                ^ Integer.rotateLeft(x9 ^ x2, 8)
                ^ Integer.rotateLeft(x9 ^ x4, 16)
                ^ Integer.rotateLeft(x9, 24);
    }

    /// Each byte times x in AES's field.
    private static int doubled(int bytes) {
        return (bytes & 0x7f7f7f7f) << 1 ^ (bytes >>> 7 & 0x01010101) * REDUCTION;
    }

    /// Walks the field by its generator 3 and, beside it, the inverses by 1/3 (FIPS 197 §5.1.1).
    private static byte[] sBox() {
        byte[] box = new byte[256];
        int element = 1;
        int inverse = 1;
        do {
            element ^= doubled(element);
            inverse ^= inverse << 1;
            inverse ^= inverse << 2;
            inverse ^= inverse << 4;
            inverse = (inverse ^ (inverse >>> 7 & 1) * 0x09) & 0xff;
            int twice = inverse | inverse << Byte.SIZE;
            box[element] = (byte) (inverse ^ twice >>> 7 ^ twice >>> 6 ^ twice >>> 5 ^ twice >>> 4 ^ 0x63);
        } while (element != 1);
        box[0] = 0x63;
        return box;
    }
}
