package org.privatus.simulation.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.simulation.random.Mix;

/// A hash of 128 bits, some gigabytes a second fast, over the concatenation of what it is given. Well spread, not secure. What it
/// yields is stretched to any length.
final class StubHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FIRST_PRIME = 0xD6E8FEB86659FD93L;
    private static final long SECOND_PRIME = 0xA0761D6478BD642FL;

    private long first;
    private long second;
    private long pending;
    private int pendingBytes;
    private long length;

    /// @param domain hashes with different domains are unrelated
    StubHash(long domain) {
        first = Mix.mix64(domain + Mix.GOLDEN);
        second = Mix.mix64(domain ^ SECOND_PRIME);
    }

    StubHash add(byte[]... parts) {
        for (byte[] part : parts) {
            add(part, 0, part.length);
        }
        return this;
    }

    StubHash add(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        int shift = Byte.SIZE * pendingBytes;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            if (shift == 0) {
                absorb(word);
            } else {
                absorb(pending | (word << shift));
                pending = word >>> (Long.SIZE - shift);
            }
        }
        for (; at < end; at++) {
            pending |= (bytes[at] & 0xFFL) << (Byte.SIZE * pendingBytes);
            if (++pendingBytes == Long.BYTES) {
                absorb(pending);
                pending = 0;
                pendingBytes = 0;
            }
        }
        length += count;
        return this;
    }

    /// Adds a number on its own, told apart from bytes by its place in the sequence of calls.
    StubHash add(long word) {
        absorb(word ^ Mix.GOLDEN);
        return this;
    }

    private void absorb(long word) {
        first = (first ^ word) * FIRST_PRIME;
        first ^= first >>> 32;
        second = (second ^ word) * SECOND_PRIME;
        second ^= second >>> 29;
    }

    /// The first 64 bits.
    long word() {
        return Mix.of(first ^ (pending * FIRST_PRIME), second + pending + length * Mix.GOLDEN);
    }

    /// As many bytes as are wanted; more bytes begin with the fewer ones.
    byte[] bytes(int count) {
        return stretch(word(), Mix.of(second ^ (pending * SECOND_PRIME), first + length), count);
    }

    static byte[] stretch(long seed, long other, int count) {
        var out = new byte[count];
        int at = 0;
        long block = 0;
        for (; at + Long.BYTES <= count; at += Long.BYTES) {
            LONGS.set(out, at, streamWord(seed, other, block++));
        }
        long last = streamWord(seed, other, block);
        for (; at < count; at++) {
            out[at] = (byte) last;
            last >>>= Byte.SIZE;
        }
        return out;
    }

    private static long streamWord(long seed, long other, long block) {
        return Mix.mix64(seed + block * Mix.GOLDEN) ^ (other * (2 * block + 1));
    }

    static long getLong(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static void putLong(byte[] bytes, int offset, long value) {
        LONGS.set(bytes, offset, value);
    }
}
