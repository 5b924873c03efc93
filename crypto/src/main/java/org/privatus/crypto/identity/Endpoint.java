package org.privatus.crypto.identity;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// An IP address and a UDP port. Names are never resolved here. An IPv4 address mapped into IPv6 is made the IPv4
/// address it is, so that nobody writes one address in two ways.
///
/// An endpoint to bind to may have port 0 or the unspecified address; [#isDialable()] tells, and [#read]
/// accepts no other.
public final class Endpoint implements Comparable<Endpoint> {
    public static final int IPV4_LENGTH = 6;
    public static final int IPV6_LENGTH = 18;

    private static final int MAX_PORT = 0xffff;
    private static final long MAPPED_PREFIX = 0xffff_0000_0000L;

    private final boolean ipv4;
    private final long high;
    /// The whole of an IPv4 address.
    private final long low;

    private final int port;

    /// @param high of IPv6; 0 for IPv4
    Endpoint(boolean ipv4, long high, long low, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to " + MAX_PORT);
        }
        this.ipv4 = ipv4;
        this.high = high;
        this.low = low;
        this.port = port;
    }

    /// The endpoint at an address of 4 or 16 bytes.
    public static Endpoint of(byte[] address, int port) {
        if (address.length != IPV4_LENGTH - 2 && address.length != IPV6_LENGTH - 2) {
            throw new IllegalArgumentException("an address of " + address.length + " bytes");
        }
        try {
            return of(new WireReader(address), address.length == IPV4_LENGTH - 2, port);
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("the length was checked", e);
        }
    }

    public static Endpoint of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("unresolved address");
        }
        return of(address.getAddress().getAddress(), address.getPort());
    }

    private static Endpoint of(WireReader in, boolean ipv4, int port) throws MalformedPacketException {
        if (ipv4) {
            return new Endpoint(true, 0, in.u32(), port);
        }
        long high = in.u64();
        long low = in.u64();
        boolean mapped = high == 0 && (low & ~0xffff_ffffL) == MAPPED_PREFIX;
        return mapped ? new Endpoint(true, 0, low & 0xffff_ffffL, port) : new Endpoint(false, high, low, port);
    }

    /// Reads `1.2.3.4:5` or `[2001:db8::1]:5`.
    ///
    /// @throws IllegalArgumentException with a message for the user when the text is neither
    public static Endpoint parse(String text) {
        return EndpointText.parse(text);
    }

    /// Reads 18 bytes if `ipv6`, otherwise 6.
    ///
    /// @throws MalformedPacketException `BAD_VALUE` for what nobody can be reached at, and for IPv4 dressed as IPv6
    public static Endpoint read(WireReader in, boolean ipv6) throws MalformedPacketException {
        long high = ipv6 ? in.u64() : 0;
        long low = ipv6 ? in.u64() : in.u32();
        int port = in.u16();
        expectUsable(!ipv6, high, low, port);
        return new Endpoint(!ipv6, high, low, port);
    }

    /// What [#read] accepts.
    static void expectUsable(boolean ipv4, long high, long low, int port) throws MalformedPacketException {
        if (!isDialable(ipv4, high, low, port) || isMapped(ipv4, high, low)) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
    }

    long addressHigh() {
        return high;
    }

    long addressLow() {
        return low;
    }

    /// Writes 6 bytes for IPv4, 18 for IPv6: the address, then the port. The layout around it says which.
    public void write(WireWriter out) {
        if (ipv4) {
            out.u32(low);
        } else {
            out.u64(high).u64(low);
        }
        out.u16(port);
    }

    /// Bytes that [#write] writes.
    public int length() {
        return ipv4 ? IPV4_LENGTH : IPV6_LENGTH;
    }

    public boolean isIpv4() {
        return ipv4;
    }

    public int port() {
        return port;
    }

    /// A copy of the address: 4 or 16 bytes.
    public byte[] address() {
        return ipv4
                ? WireWriter.allocate(Integer.BYTES).u32(low).toBytes()
                : WireWriter.allocate(2 * Long.BYTES).u64(high).u64(low).toBytes();
    }

    /// The IPv4 address as a number, its first byte the highest; for tables of addresses.
    ///
    /// @throws IllegalStateException for IPv6
    public int ipv4Address() {
        if (!ipv4) {
            throw new IllegalStateException(this + " is no IPv4 endpoint");
        }
        return (int) low;
    }

    public Endpoint withPort(int other) {
        return new Endpoint(ipv4, high, low, other);
    }

    public boolean hasAddressOf(Endpoint other) {
        return ipv4 == other.ipv4 && high == other.high && low == other.low;
    }

    /// Whether these are its words.
    boolean isAt(boolean otherIpv4, long otherHigh, long otherLow, int otherPort) {
        return ipv4 == otherIpv4 && high == otherHigh && low == otherLow && port == otherPort;
    }

    public boolean isLoopback() {
        return ipv4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /// `0.0.0.0` or `::`.
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /// Whether the address is no place on the public internet: loopback, link-local, RFC 1918, carrier NAT, unique
    /// local, documentation, benchmarks, reserved, and what only embeds such an IPv4 address (RFC 6890 and its
    /// registries). Relays dial none of these outside laboratory networks.
    public boolean isPrivate() {
        return ipv4 ? SpecialAddresses.isPrivateIpv4(low) : SpecialAddresses.isPrivateIpv6(high, low);
    }

    /// Whether a datagram can be sent there at all: a port, and an address of one machine.
    public boolean isDialable() {
        return isDialable(ipv4, high, low, port);
    }

    private static boolean isDialable(boolean ipv4, long high, long low, int port) {
        boolean unspecified = high == 0 && low == 0;
        boolean oneMachine = ipv4 ? low >>> 24 != 0 && low >>> 28 < 14 : !unspecified && high >>> 56 != 0xff;
        return port != 0 && oneMachine;
    }

    /// The network that the address is in, for rules of diversity: /24 of IPv4, /48 of IPv6. Equal exactly when the
    /// groups are.
    public long group() {
        return ipv4 ? (1L << 48) | (low >>> 8) : high >>> 16;
    }

    /// As [#group], coarser: /16 of IPv4, /32 of IPv6, what one provider usually holds.
    public long wideGroup() {
        return ipv4 ? (1L << 48) | (low >>> 16) : high >>> 32;
    }

    public InetSocketAddress toInetSocketAddress() {
        return new InetSocketAddress(toInetAddress(), port);
    }

    private InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(address());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static boolean isMapped(boolean ipv4, long high, long low) {
        return !ipv4 && high == 0 && (low & ~0xffff_ffffL) == MAPPED_PREFIX;
    }

    @Override
    public int compareTo(Endpoint other) {
        if (ipv4 != other.ipv4) {
            return ipv4 ? -1 : 1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        int byLow = byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
        return byLow != 0 ? byLow : Integer.compare(port, other.port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && hasAddressOf(that) && port == that.port;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high * 31 + low) + port;
    }

    /// What [#parse] reads; IPv6 as RFC 5952 writes it.
    @Override
    public String toString() {
        return (ipv4 ? EndpointText.ipv4(low) : "[" + EndpointText.ipv6(high, low) + "]") + ":" + port;
    }
}
