package org.privatus.node.store;

import java.util.HexFormat;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The first half of the SHA-256 of a sealed message: how a repetition of the same bytes is recognised after their
/// key is gone.
public record EnvelopeDigest(long high, long low) implements Comparable<EnvelopeDigest> {
    public static final int LENGTH = 16;

    /// From the first 16 bytes.
    public static EnvelopeDigest of(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = (high << 8) | (bytes[i] & 0xff);
            low = (low << 8) | (bytes[Long.BYTES + i] & 0xff);
        }
        return new EnvelopeDigest(high, low);
    }

    public static EnvelopeDigest read(WireReader in) throws MalformedPacketException {
        long high = in.u64();
        return new EnvelopeDigest(high, in.u64());
    }

    public void write(WireWriter out) {
        out.u64(high).u64(low);
    }

    public byte[] toBytes() {
        return WireWriter.allocate(LENGTH).u64(high).u64(low).toBytes();
    }

    @Override
    public int compareTo(EnvelopeDigest other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /// All 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
