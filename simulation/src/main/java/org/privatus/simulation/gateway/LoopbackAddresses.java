package org.privatus.simulation.gateway;

import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.network.Addresses;

/// Addresses of simulated nodes that exist on this machine.
///
/// @param gateway of node 0
/// @param perNode whether each node has an address of its own and all have the same port, or the other way round
record LoopbackAddresses(Endpoint gateway, boolean perNode) implements Addresses {
    private static final int PORT_MAX = 0xffff;
    /// Nodes are alone in their /24, as on the usual simulated network.
    private static final int STRIDE_BITS = 8;

    LoopbackAddresses {
        if (!gateway.isIpv4() || !gateway.isLoopback() || gateway.port() == 0) {
            throw new IllegalArgumentException(gateway + " is no IPv4 endpoint on loopback");
        }
    }

    @Override
    public Endpoint endpoint(int node) {
        if (!perNode) {
            return gateway.withPort(gateway.port() + node);
        }
        int address = gateway.ipv4Address() + (node << STRIDE_BITS);
        byte[] bytes = {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
        return Endpoint.of(bytes, gateway.port());
    }

    @Override
    public int node(Endpoint endpoint) {
        if (!endpoint.isIpv4()) {
            return -1;
        }
        int distance = endpoint.ipv4Address() - gateway.ipv4Address();
        if (!perNode) {
            return distance == 0 ? endpoint.port() - gateway.port() : -1;
        }
        boolean ours = distance >= 0 && (distance & ((1 << STRIDE_BITS) - 1)) == 0;
        return ours ? distance >>> STRIDE_BITS : -1;
    }

    /// Up to the last /24 of 127.0.0.0/8, or the last port.
    @Override
    public int nodesMax() {
        return perNode ? ((0x7fff_ffff - gateway.ipv4Address()) >>> STRIDE_BITS) + 1 : PORT_MAX + 1 - gateway.port();
    }
}
