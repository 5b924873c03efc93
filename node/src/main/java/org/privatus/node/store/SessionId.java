package org.privatus.node.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The name of one ratchet session, 16 random bytes chosen by its initiator. It travels only while the session is
/// being made.
public record SessionId(long high, long low) implements Comparable<SessionId> {
    public static final int LENGTH = 16;

    public static SessionId random(SecureRandom keys) {
        byte[] bytes = new byte[LENGTH];
        keys.nextBytes(bytes);
        return of(bytes);
    }

    /// From the first 16 bytes.
    public static SessionId of(byte[] bytes) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = (high << 8) | (bytes[i] & 0xff);
            low = (low << 8) | (bytes[Long.BYTES + i] & 0xff);
        }
        return new SessionId(high, low);
    }

    public static SessionId read(WireReader in) throws MalformedPacketException {
        long high = in.u64();
        return new SessionId(high, in.u64());
    }

    public void write(WireWriter out) {
        out.u64(high).u64(low);
    }

    public byte[] toBytes() {
        return WireWriter.allocate(LENGTH).u64(high).u64(low).toBytes();
    }

    @Override
    public int compareTo(SessionId other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /// All 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
