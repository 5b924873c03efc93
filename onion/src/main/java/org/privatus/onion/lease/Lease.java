package org.privatus.onion.lease;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// Where a person can be reached, for a while. Always the same length, whatever it says.
///
/// ```
///  version 1 | from 8 | until 8 | count 1 | count × (contact 55 or 67, onion key 32, token 32) | zero up to 512
/// ```
///
/// @param gateways one or two, different ones
/// @param validFromEpochMillis when it was made
public record Lease(List<LeaseGateway> gateways, long validFromEpochMillis, long validUntilEpochMillis) {
    public static final int LENGTH = 512;
    public static final int MAX_GATEWAYS = 2;
    private static final int VERSION = 1;

    public Lease {
        gateways = List.copyOf(gateways);
        if (gateways.isEmpty() || gateways.size() > MAX_GATEWAYS || validUntilEpochMillis <= validFromEpochMillis) {
            throw new IllegalArgumentException("lease with " + gateways.size() + " gateways");
        }
    }

    /// Whether it may be used, give or take `skewMillis` for clocks that differ.
    public boolean isValidAt(long epochMillis, long skewMillis) {
        return epochMillis >= validFromEpochMillis - skewMillis && epochMillis < validUntilEpochMillis + skewMillis;
    }

    byte[] toBytes() {
        WireWriter out = WireWriter.allocate(LENGTH);
        out.u8(VERSION).u64(validFromEpochMillis).u64(validUntilEpochMillis).u8(gateways.size());
        gateways.forEach(gateway -> gateway.write(out));
        return out.zeros(out.remaining()).toBytes();
    }

    static Lease read(byte[] bytes) throws MalformedPacketException {
        WireReader in = new WireReader(bytes);
        if (in.u8() != VERSION) {
            throw new MalformedPacketException(Reason.BAD_VERSION);
        }
        long from = in.u64();
        long until = in.u64();
        int count = in.u8();
        if (count < 1 || count > MAX_GATEWAYS || until <= from || bytes.length != LENGTH) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        List<LeaseGateway> gateways = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            gateways.add(LeaseGateway.read(in));
        }
        for (byte padding : in.bytes(in.remaining())) {
            if (padding != 0) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
        }
        return new Lease(gateways, from, until);
    }
}
