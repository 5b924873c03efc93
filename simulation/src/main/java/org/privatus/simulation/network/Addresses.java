package org.privatus.simulation.network;

import org.privatus.crypto.identity.Endpoint;

/// Which endpoint is which node's, computed both ways.
public interface Addresses {
    /// Each node has one public IPv4 address, alone in its /24.
    Addresses PUBLIC = new Addresses() {
        @Override
        public Endpoint endpoint(int node) {
            return SimulatedNetwork.endpointOf(node);
        }

        @Override
        public int node(Endpoint endpoint) {
            return AddressPlan.node(endpoint);
        }

        @Override
        public int nodesMax() {
            return AddressPlan.NODES_MAX;
        }
    };

    /// Where a node is reached that leaves its port to the host.
    Endpoint endpoint(int node);

    /// The node at an endpoint; a number that no node has where nobody is.
    int node(Endpoint endpoint);

    /// As many nodes as have an endpoint.
    int nodesMax();
}
