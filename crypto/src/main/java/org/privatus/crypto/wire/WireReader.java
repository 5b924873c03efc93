package org.privatus.crypto.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// A cursor over received bytes; integers are big-endian and unsigned. The bytes are not copied and stay the
/// caller's. Each method moves the cursor, or throws `TRUNCATED` and leaves it where it was. Lengths are checked
/// before anything is allocated.
public final class WireReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public WireReader(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    public int u8() throws MalformedPacketException {
        return bytes[take(1)] & 0xff;
    }

    public int u16() throws MalformedPacketException {
        return (short) SHORT.get(bytes, take(Short.BYTES)) & 0xffff;
    }

    public long u32() throws MalformedPacketException {
        return (int) INT.get(bytes, take(Integer.BYTES)) & 0xffff_ffffL;
    }

    /// All 64 bits; a value above `Long.MAX_VALUE` comes out negative.
    public long u64() throws MalformedPacketException {
        return (long) LONG.get(bytes, take(Long.BYTES));
    }

    /// A copy of the next `length` bytes.
    public byte[] bytes(int length) throws MalformedPacketException {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /// A copy of all that remains, possibly empty.
    public byte[] rest() {
        int from = at;
        at = end;
        return Arrays.copyOfRange(bytes, from, end);
    }

    public void skip(int length) throws MalformedPacketException {
        take(length);
    }

    public int remaining() {
        return end - at;
    }

    /// Bytes read so far, counted from where this reader began.
    public int position() {
        return at - start;
    }

    /// Throws `TOO_LONG` unless everything has been read.
    public void expectEnd() throws MalformedPacketException {
        if (at != end) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
    }

    private int take(int length) throws MalformedPacketException {
        if (length < 0) {
            throw new IllegalArgumentException("length " + length);
        }
        if (length > end - at) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        int from = at;
        at += length;
        return from;
    }
}
