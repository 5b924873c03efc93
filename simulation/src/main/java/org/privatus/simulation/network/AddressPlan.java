package org.privatus.simulation.network;

import org.privatus.crypto.identity.Endpoint;

/// Which public IPv4 address is which node's, computed both ways: a multiplication, and its inverse modulo the number of /24
/// networks. Neighbouring nodes lie far apart, and as long as there are no more nodes than networks each is alone in its own.
///
/// Addresses begin with 20 to 99: the registries of RFC 6890 name nothing there.
final class AddressPlan {
    /// As many nodes as have an address.
    static final int NODES_MAX = 254 * (80 << 16);

    private static final int FIRST_OCTET = 20;
    private static final int GROUPS = 80 << 16;
    // shares no factor with the number of groups
    private static final long STEP = 2_654_435_761L;
    private static final long STEP_INVERSE = 2_830_161L;

    private AddressPlan() {}

    /// The endpoint of a node at a port.
    static Endpoint endpoint(int node, int port) {
        int address = address(node);
        byte[] bytes = {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
        return Endpoint.of(bytes, port);
    }

    /// The IPv4 address of a node as a number.
    static int address(int node) {
        int group = (int) (node * STEP % GROUPS);
        int host = 1 + node / GROUPS;
        return ((FIRST_OCTET << 16) + group) << 8 | host;
    }

    /// The node at an endpoint, whatever its port; a number that no node has when the address is outside of the plan.
    static int node(Endpoint endpoint) {
        if (!endpoint.isIpv4()) {
            return -1;
        }
        int address = endpoint.ipv4Address();
        int group = (address >>> 8) - (FIRST_OCTET << 16);
        int host = address & 0xff;
        if (group < 0 || group >= GROUPS || host == 0 || host == 255) {
            return -1;
        }
        return (int) (group * STEP_INVERSE % GROUPS) + (host - 1) * GROUPS;
    }
}
