package org.privatus.simulation.results.capture;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.privatus.crypto.identity.Endpoint;

/// UDP payloads dressed as packets: IPv4 (RFC 791) or IPv6 (RFC 8200) and UDP (RFC 768), with lengths and checksums.
final class IpPacket {
    /// Longer ones do not fit into one packet.
    static final int PAYLOAD_MAX = 65_507;

    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final int UDP = 17;
    private static final int HOPS = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int CHECKSUM_AT = 10;
    private static final int UDP_CHECKSUM_AT = 6;

    private IpPacket() {}

    /// Both endpoints have addresses of one family.
    ///
    /// @param number of the packet, for IPv4's identification
    static byte[] of(Endpoint from, Endpoint to, byte[] payload, int number) {
        return from.isIpv4() ? ipv4(from, to, payload, number) : ipv6(from, to, payload);
    }

    private static byte[] ipv4(Endpoint from, Endpoint to, byte[] payload, int number) {
        ByteBuffer packet = ByteBuffer.allocate(IPV4_BYTES + UDP_BYTES + payload.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        packet.putShort((short) number).putShort((short) DO_NOT_FRAGMENT);
        packet.put((byte) HOPS).put((byte) UDP).putShort((short) 0);
        packet.put(from.address()).put(to.address());
        packet.putShort(CHECKSUM_AT, (short) folded(sum(packet.array(), 0, IPV4_BYTES)));
        udp(packet, IPV4_BYTES, from, to, payload);
        return packet.array();
    }

    private static byte[] ipv6(Endpoint from, Endpoint to, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(IPV6_BYTES + UDP_BYTES + payload.length);
        packet.putInt(0x6000_0000).putShort((short) (UDP_BYTES + payload.length));
        packet.put((byte) UDP).put((byte) HOPS).put(from.address()).put(to.address());
        udp(packet, IPV6_BYTES, from, to, payload);
        return packet.array();
    }

    @SuppressWarnings("ByteBufferBackingArray") // allocated here
    private static void udp(ByteBuffer packet, int at, Endpoint from, Endpoint to, byte[] payload) {
        int length = UDP_BYTES + payload.length;
        packet.putShort((short) from.port()).putShort((short) to.port());
        packet.putShort((short) length).putShort((short) 0).put(payload);
        byte[] source = from.address();
        byte[] target = to.address();
        long pseudo = sum(source, 0, source.length) + sum(target, 0, target.length) + UDP + length;
        int checksum = folded(pseudo + sum(packet.array(), at, length));
        packet.putShort(at + UDP_CHECKSUM_AT, (short) (checksum == 0 ? 0xFFFF : checksum));
    }

    /// The Internet checksum's sum of 16-bit words (RFC 1071).
    private static long sum(byte[] bytes, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int value = bytes[offset + i] & 0xFF;
            sum += (i & 1) == 0 ? value << 8 : value;
        }
        return sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) (~folded & 0xFFFF);
    }

    /// How long a packet of such a payload is; empty if there can be none.
    static OptionalInt length(Endpoint from, Endpoint to, int payload) {
        if (payload > PAYLOAD_MAX || from.isIpv4() != to.isIpv4()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((from.isIpv4() ? IPV4_BYTES : IPV6_BYTES) + UDP_BYTES + payload);
    }
}
