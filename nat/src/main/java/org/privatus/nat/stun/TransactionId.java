package org.privatus.nat.stun;

import java.util.random.RandomGenerator;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The 96 bits that join a response to its request; who cannot guess them cannot answer from off the path.
public record TransactionId(int high, long low) {
    public static final int LENGTH = 12;

    /// A new one; on a real node `random` is a secure one (RFC 8489 §5).
    public static TransactionId generate(RandomGenerator random) {
        return new TransactionId(random.nextInt(), random.nextLong());
    }

    public static TransactionId read(WireReader in) throws MalformedPacketException {
        return new TransactionId((int) in.u32(), in.u64());
    }

    public void write(WireWriter out) {
        out.u32(Integer.toUnsignedLong(high)).u64(low);
    }
}
