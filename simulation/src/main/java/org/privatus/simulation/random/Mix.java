package org.privatus.simulation.random;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Mixing of 64-bit words; quick and well spread, with no claim to security.
public final class Mix {
    /// SplitMix64's increment, the golden ratio.
    public static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final long PRIME = 0xD6E8FEB86659FD93L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Mix() {}

    /// SplitMix64's finaliser: a bijection.
    public static long mix64(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// A word of two words; the order matters.
    public static long of(long first, long second) {
        return mix64(mix64(first + GOLDEN) + PRIME * second);
    }

    /// 53 bits of a mixed word as a number from 0 up to, not including, 1.
    public static double uniform(long word) {
        return (word >>> 11) * 0x1.0p-53;
    }

    /// A word of text, for naming streams.
    public static long of(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix64(hash);
    }

    /// A word of bytes and their number, eight at a time.
    public static long of(long start, byte[] bytes, int offset, int length) {
        long a = start ^ (GOLDEN * (length + 1L));
        int end = offset + length;
        int at = offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            a = (a ^ word) * PRIME;
            a ^= a >>> 32;
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        return mix64((a ^ rest) * PRIME);
    }
}
