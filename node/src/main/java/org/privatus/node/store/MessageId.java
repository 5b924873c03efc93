package org.privatus.node.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The name of one text, 16 random bytes chosen by whoever wrote it. It stays the same however often the text is
/// sealed and sent, and a
/// repetition is told by writer and id.
public record MessageId(long high, long low) implements Comparable<MessageId> {
    public static final int LENGTH = 16;

    public static MessageId random(SecureRandom keys) {
        byte[] bytes = new byte[LENGTH];
        keys.nextBytes(bytes);
        return of(bytes);
    }

    /// From the first 16 bytes.
    public static MessageId of(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = (high << 8) | (bytes[i] & 0xff);
            low = (low << 8) | (bytes[Long.BYTES + i] & 0xff);
        }
        return new MessageId(high, low);
    }

    public static MessageId read(WireReader in) throws MalformedPacketException {
        long high = in.u64();
        return new MessageId(high, in.u64());
    }

    public void write(WireWriter out) {
        out.u64(high).u64(low);
    }

    public byte[] toBytes() {
        return WireWriter.allocate(LENGTH).u64(high).u64(low).toBytes();
    }

    @Override
    public int compareTo(MessageId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /// All 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
