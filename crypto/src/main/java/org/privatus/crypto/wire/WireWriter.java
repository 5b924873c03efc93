package org.privatus.crypto.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// Writes big-endian fields into a `byte[]` of fixed size. Writing beyond its end, or a value that does not fit its
/// field, is a bug of ours and throws unchecked.
public final class WireWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private int at;

    /// Writes into the caller's `bytes`, from `offset` on.
    public WireWriter(byte[] bytes, int offset) {
        Objects.checkFromToIndex(offset, bytes.length, bytes.length);
        this.bytes = bytes;
        this.start = offset;
        this.at = offset;
    }

    public static WireWriter allocate(int capacity) {
        return new WireWriter(new byte[capacity], 0);
    }

    public WireWriter u8(int value) {
        bytes[take(1)] = (byte) inRange(value, 0xff);
        return this;
    }

    public WireWriter u16(int value) {
        SHORT.set(bytes, take(Short.BYTES), (short) inRange(value, 0xffff));
        return this;
    }

    public WireWriter u32(long value) {
        INT.set(bytes, take(Integer.BYTES), (int) inRange(value, 0xffff_ffffL));
        return this;
    }

    /// All 64 bits as they are.
    public WireWriter u64(long value) {
        LONG.set(bytes, take(Long.BYTES), value);
        return this;
    }

    public WireWriter bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    public WireWriter bytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, take(length), length);
        return this;
    }

    public WireWriter zeros(int count) {
        int from = take(count);
        Arrays.fill(bytes, from, at, (byte) 0);
        return this;
    }

    /// Bytes written so far.
    public int position() {
        return at - start;
    }

    public int remaining() {
        return bytes.length - at;
    }

    /// A copy of what was written.
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, at);
    }

    private int take(int length) {
        Objects.checkFromIndexSize(at, length, bytes.length);
        int from = at;
        at += length;
        return from;
    }

    private static long inRange(long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(value + " does not fit its field (0 to " + max + ")");
        }
        return value;
    }
}
