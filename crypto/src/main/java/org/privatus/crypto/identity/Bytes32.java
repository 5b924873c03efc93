package org.privatus.crypto.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A public value of 32 bytes. Values are equal when type and bytes are, and ordered as unsigned big-endian numbers.
///
/// Kept as four longs: comparing, hashing and measuring distance allocate nothing, and a million contacts stay small.
public abstract sealed class Bytes32 permits NodeId, NodeKey, OnionKey, PersonKey {
    public static final int LENGTH = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final String HEX = "0123456789abcdef";
    private static final int SHORT_HEX_DIGITS = 8;

    private final long word0;
    private final long word1;
    private final long word2;
    private final long word3;

    Bytes32(long word0, long word1, long word2, long word3) {
        this.word0 = word0;
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
    }

    Bytes32(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes instead of " + LENGTH);
        }
        this(wordOf(bytes, 0), wordOf(bytes, 1), wordOf(bytes, 2), wordOf(bytes, 3));
    }

    Bytes32(WireReader in) throws MalformedPacketException {
        long first = in.u64();
        long second = in.u64();
        long third = in.u64();
        this(first, second, third, in.u64());
    }

    private static long wordOf(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index * Long.BYTES);
    }

    /// The 64 bits from bit `64 · index` on, most significant first; `index` is 0 to 3.
    public final long word(int index) {
        return switch (index) {
            case 0 -> word0;
            case 1 -> word1;
            case 2 -> word2;
            case 3 -> word3;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    /// A copy.
    public final byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        write(new WireWriter(bytes, 0));
        return bytes;
    }

    public final void write(WireWriter out) {
        out.u64(word0).u64(word1).u64(word2).u64(word3);
    }

    /// All 64 hexadecimal digits.
    public final String toHex() {
        return hex(2 * LENGTH);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Bytes32 that
                && getClass() == that.getClass()
                && word0 == that.word0
                && word1 == that.word1
                && word2 == that.word2
                && word3 == that.word3;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(word0 ^ word1 ^ word2 ^ word3);
    }

    /// The first eight hexadecimal digits: enough to tell values apart in a picture, not to find anybody.
    @Override
    public final String toString() {
        return hex(SHORT_HEX_DIGITS);
    }

    final int compareWords(Bytes32 other) {
        int first = Long.compareUnsigned(word0, other.word0);
        if (first != 0) {
            return first;
        }
        int second = Long.compareUnsigned(word1, other.word1);
        if (second != 0) {
            return second;
        }
        int third = Long.compareUnsigned(word2, other.word2);
        return third != 0 ? third : Long.compareUnsigned(word3, other.word3);
    }

    private String hex(int digits) {
        var text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            long word = word(i / 16);
            text.append(HEX.charAt((int) (word >>> (60 - 4 * (i % 16))) & 0xf));
        }
        return text.toString();
    }
}
