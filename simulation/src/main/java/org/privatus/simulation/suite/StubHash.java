package org.privatus.simulation.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.simulation.random.Mix;

/// A hash of 128 bits over the concatenation of what it is given. Well spread, not secure. What it yields is stretched to any length.
///
/// Words go to four lanes in turn, which a processor works on at once: some ten gigabytes a second. Each lane is a bijection of each of its words,
/// so that no single change is ever lost.
final class StubHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int ROUND_LENGTH = 4 * Long.BYTES;
    private static final long FIRST_PRIME = 0xD6E8FEB86659FD93L;
    private static final long SECOND_PRIME = 0xA0761D6478BD642FL;

    private long lane0;
    private long lane1;
    private long lane2;
    private long lane3;
    private int nextLane;
    private long pending;
    private int pendingBytes;
    private long length;

    /// @param domain hashes with different domains are unrelated
    StubHash(long domain) {
        lane0 = Mix.mix64(domain + Mix.GOLDEN);
        lane1 = lane0 ^ FIRST_PRIME;
        lane2 = lane0 + SECOND_PRIME;
        lane3 = ~lane0;
    }

    /// The hash of `head` and the `length` bytes of `data` from `offset` on: `count` bytes of it go into `out`, its first 64 bits are returned. Makes no
    /// object where `head` fills its rounds, as hashes and keys do.
    static long hash(
            long domain, byte[] head, byte[] data, int offset, int length, byte[] out, int outOffset, int count) {
        if (head.length % ROUND_LENGTH != 0) {
            var hash = new StubHash(domain).add(head, 0, head.length).add(data, offset, length);
            hash.write(out, outOffset, count);
            return hash.word();
        }
        long a = Mix.mix64(domain + Mix.GOLDEN);
        long b = a ^ FIRST_PRIME;
        long c = a + SECOND_PRIME;
        long d = ~a;
        for (int at = 0; at < head.length; at += ROUND_LENGTH) {
            a = absorb(a, getLong(head, at));
            b = absorb(b, getLong(head, at + Long.BYTES));
            c = absorb(c, getLong(head, at + 2 * Long.BYTES));
            d = absorb(d, getLong(head, at + 3 * Long.BYTES));
        }
        int at = offset;
        int end = offset + length;
        for (; at + ROUND_LENGTH <= end; at += ROUND_LENGTH) {
            a = absorb(a, getLong(data, at));
            b = absorb(b, getLong(data, at + Long.BYTES));
            c = absorb(c, getLong(data, at + 2 * Long.BYTES));
            d = absorb(d, getLong(data, at + 3 * Long.BYTES));
        }
        int words = (end - at) / Long.BYTES;
        a = words > 0 ? absorb(a, getLong(data, at)) : a;
        b = words > 1 ? absorb(b, getLong(data, at + Long.BYTES)) : b;
        c = words > 2 ? absorb(c, getLong(data, at + 2 * Long.BYTES)) : c;
        long rest = 0;
        for (int i = end - 1; i >= at + words * Long.BYTES; i--) {
            rest = (rest << Byte.SIZE) | (data[i] & 0xFF);
        }
        long word = word(a, b, c, d, rest, head.length + (long) length);
        stretch(word, other(word, a ^ b ^ c ^ d), out, outOffset, count);
        return word;
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
        if (pendingBytes == 0) {
            if (nextLane == 0) {
                at = absorbRounds(bytes, at, end);
            }
            for (; at + Long.BYTES <= end; at += Long.BYTES) {
                absorb(getLong(bytes, at));
            }
        } else {
            int shift = Byte.SIZE * pendingBytes;
            for (; at + Long.BYTES <= end; at += Long.BYTES) {
                long word = getLong(bytes, at);
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

    /// All whole rounds of four words; where it stopped. The lanes are kept in variables so that they stay in registers.
    private int absorbRounds(byte[] bytes, int from, int end) {
        long a = lane0;
        long b = lane1;
        long c = lane2;
        long d = lane3;
        int at = from;
        for (; at + ROUND_LENGTH <= end; at += ROUND_LENGTH) {
            a = absorb(a, getLong(bytes, at));
            b = absorb(b, getLong(bytes, at + Long.BYTES));
            c = absorb(c, getLong(bytes, at + 2 * Long.BYTES));
            d = absorb(d, getLong(bytes, at + 3 * Long.BYTES));
        }
        lane0 = a;
        lane1 = b;
        lane2 = c;
        lane3 = d;
        return at;
    }

    /// Adds a number on its own, told apart from bytes by its place in the sequence of calls.
    StubHash add(long word) {
        absorb(word ^ Mix.GOLDEN);
        return this;
    }

    private void absorb(long word) {
        switch (nextLane++ & 3) {
            case 0 -> lane0 = absorb(lane0, word);
            case 1 -> lane1 = absorb(lane1, word);
            case 2 -> lane2 = absorb(lane2, word);
            default -> lane3 = absorb(lane3, word);
        }
        nextLane &= 3;
    }

    private static long absorb(long lane, long word) {
        long mixed = (lane ^ word) * FIRST_PRIME;
        return mixed ^ (mixed >>> 32);
    }

    /// The first 64 bits.
    long word() {
        return word(lane0, lane1, lane2, lane3, pending, length);
    }

    private static long word(long a, long b, long c, long d, long rest, long length) {
        return Mix.of(Mix.of(Mix.of(a, b), Mix.of(c, d)), rest + length * Mix.GOLDEN);
    }

    private static long other(long word, long lanes) {
        return Mix.mix64(word ^ (lanes * SECOND_PRIME));
    }

    /// As many bytes as are wanted; more bytes begin with the fewer ones.
    byte[] bytes(int count) {
        var out = new byte[count];
        write(out, 0, count);
        return out;
    }

    /// As [#bytes] into `out`.
    void write(byte[] out, int offset, int count) {
        long word = word();
        stretch(word, other(word, lane0 ^ lane1 ^ lane2 ^ lane3), out, offset, count);
    }

    static void stretch(long seed, long other, byte[] out, int offset, int count) {
        int at = offset;
        int end = offset + count;
        long block = 0;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            LONGS.set(out, at, streamWord(seed, other, block++));
        }
        long last = streamWord(seed, other, block);
        for (; at < end; at++) {
            out[at] = (byte) last;
            last >>>= Byte.SIZE;
        }
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
