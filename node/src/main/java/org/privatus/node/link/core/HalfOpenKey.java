package org.privatus.node.link.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.PacketLayout;

/// Which message 1 it is: its `mac1`, a hash of all of it but `mac2`, and where it came from. The same bytes from elsewhere are another handshake, so
/// that nobody who copies a message keeps its sender from being heard.
record HalfOpenKey(long macHigh, long macLow, Endpoint from) {
    /// Any odd number with bits all over it.
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    static HalfOpenKey of(byte[] message1, Endpoint from) {
        int mac = message1.length - 2 * PacketLayout.MAC_LENGTH;
        return new HalfOpenKey((long) LONG.get(message1, mac), (long) LONG.get(message1, mac + Long.BYTES), from);
    }

    /// 64 bits of it. To hit those of another's handshake takes 2⁶³ attempts, and does no more than that its repeats count as new.
    long fingerprint() {
        return macHigh ^ (from.hashCode() * MULTIPLIER);
    }
}
