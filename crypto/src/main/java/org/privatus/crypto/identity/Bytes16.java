package org.privatus.crypto.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A public value of 16 bytes. Values are equal when type and bytes are.
public abstract sealed class Bytes16 permits PuzzleNonce, PuzzleProof {
    public static final int LENGTH = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long high;
    private final long low;

    Bytes16(long high, long low) {
        this.high = high;
        this.low = low;
    }

    Bytes16(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes instead of " + LENGTH);
        }
        this((long) LONG.get(bytes, 0), (long) LONG.get(bytes, Long.BYTES));
    }

    Bytes16(WireReader in) throws MalformedPacketException {
        this.high = in.u64();
        this.low = in.u64();
    }

    final long high() {
        return high;
    }

    final long low() {
        return low;
    }

    /// A copy.
    public final byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        write(new WireWriter(bytes, 0));
        return bytes;
    }

    public final void write(WireWriter out) {
        out.u64(high).u64(low);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Bytes16 that && getClass() == that.getClass() && high == that.high && low == that.low;
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(high ^ low);
    }

    /// The first eight hexadecimal digits.
    @Override
    public final String toString() {
        return HexFormat.of().toHexDigits(high).substring(0, 8);
    }
}
