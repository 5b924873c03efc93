package org.privatus.crypto.identity;

/// The parts of the address space that are not public, after the IANA registries of RFC 6890.
final class SpecialAddresses {
    private static final long IPV4_MASK = 0xffff_ffffL;

    private SpecialAddresses() {}

    static boolean isPrivateIpv4(long address) {
        return in(address, 0x00000000L, 8) // this network
                || in(address, 0x0a000000L, 8) // RFC 1918
                || in(address, 0x64400000L, 10) // carrier NAT
                || in(address, 0x7f000000L, 8) // loopback
                || in(address, 0xa9fe0000L, 16) // link-local
                || in(address, 0xac100000L, 12) // RFC 1918
                || in(address, 0xc0000000L, 24) // protocol assignments
                || in(address, 0xc0000200L, 24) // documentation
                || in(address, 0xc0a80000L, 16) // RFC 1918
                || in(address, 0xc6120000L, 15) // benchmarks
                || in(address, 0xc6336400L, 24) // documentation
                || in(address, 0xcb007100L, 24) // documentation
                || in(address, 0xe0000000L, 3); // multicast, reserved, broadcast
    }

    static boolean isPrivateIpv6(long high, long low) {
        if (high == 0x0064_ff9b_0000_0000L && low >>> 32 == 0) { // NAT64: a public prefix around an IPv4 address
            return isPrivateIpv4(low & IPV4_MASK);
        }
        if (high >>> 48 == 0x2002) { // 6to4
            return isPrivateIpv4(high >>> 16 & IPV4_MASK);
        }
        boolean globalUnicast = high >>> 61 == 1;
        boolean documentation = high >>> 32 == 0x2001_0db8L || high >>> 44 == 0x3fff_0L;
        boolean assignments = high >>> 41 == 0x2001_0000L >>> 9; // 2001::/23: Teredo, benchmarks, ORCHID
        return !globalUnicast || documentation || assignments;
    }

    private static boolean in(long address, long network, int prefix) {
        return (address ^ network) >>> (32 - prefix) == 0;
    }
}
