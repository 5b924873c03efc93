package org.privatus.simulation.network;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.random.Mix;

/// What a datagram is in the trace: a hash of its receiver, its length and every byte of it.
///
/// Four lanes take a word of eight bytes each in turn, so that the multiplications of one step do not wait for those of another.
/// Each step is a bijection of its lane: a difference in one word always shows.
final class DatagramHash {
    private static final long PRIME = 0xD6E8FEB86659FD93L;
    private static final int STRIDE = 4 * Long.BYTES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private DatagramHash() {}

    static long of(Endpoint to, byte[] bytes) {
        long start = Mix.of(to.group(), (long) bytes.length << 16 | to.port());
        long a = start;
        long b = ~start;
        long c = start + Mix.GOLDEN;
        long d = start - Mix.GOLDEN;
        int at = 0;
        for (int whole = bytes.length - STRIDE; at <= whole; at += STRIDE) {
            a = step(a, (long) LONGS.get(bytes, at));
            b = step(b, (long) LONGS.get(bytes, at + Long.BYTES));
            c = step(c, (long) LONGS.get(bytes, at + 2 * Long.BYTES));
            d = step(d, (long) LONGS.get(bytes, at + 3 * Long.BYTES));
        }
        for (int whole = bytes.length - Long.BYTES; at <= whole; at += Long.BYTES) {
            a = step(a, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < bytes.length; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        return Mix.of(Mix.of(step(a, rest), b), Mix.of(c, d));
    }

    private static long step(long lane, long word) {
        long product = (lane ^ word) * PRIME;
        return product ^ (product >>> 32);
    }
}
