package org.privatus.onion.stream;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// What the last hop of a circuit shall do with a stream, as BEGIN says it.
///
/// ```
///  kind 1 | amount 8, big endian
/// ```
///
/// @param amount bytes that the client will send at most (`SINK`, `ECHO`), or that the relay shall send (`SOURCE`)
public record StreamRequest(Kind kind, long amount) {
    private static final int LENGTH = 9;

    /// What is done with the bytes.
    public enum Kind {
        /// They are counted and forgotten. After the client's last one the relay ends the stream.
        SINK(0),
        /// The relay sends bytes without meaning, and then ends the stream.
        SOURCE(1),
        /// They come back as they are.
        ECHO(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    public StreamRequest {
        if (amount < 0) {
            throw new IllegalArgumentException("a stream of " + amount + " bytes");
        }
    }

    public byte[] toBytes() {
        return WireWriter.allocate(LENGTH).u8(kind.code).u64(amount).toBytes();
    }

    public static StreamRequest of(byte[] body) throws MalformedPacketException {
        WireReader reader = new WireReader(body);
        int kind = reader.u8();
        long amount = reader.u64();
        reader.expectEnd();
        if (kind >= KINDS.length || amount < 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return new StreamRequest(KINDS[kind], amount);
    }
}
