package org.privatus.simulation.world;

import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.network.LatencyModel;
import org.privatus.simulation.network.LognormalLatency;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.network.NetworkSettings;

/// What a world is made of. Everything random in it follows from the seed.
///
/// @param nodes how many nodes can ever be; their numbers are `0 … nodes - 1`
public record WorldSettings(int nodes, long seed, NetworkModel network, ComputeCosts costs, CryptoSuite suite) {
    public WorldSettings {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is " + nodes + "; at least 1");
        }
    }

    /// Internet latencies, public addresses, a server's processor.
    public static WorldSettings of(int nodes, long seed, CryptoSuite suite) {
        NetworkModel network = NetworkModel.of(NetworkSettings.DEFAULT, new LognormalLatency(seed));
        return new WorldSettings(nodes, seed, network, ComputeCosts.SERVER, suite);
    }

    public LatencyModel latency() {
        return network.latency();
    }

    public WorldSettings withNetwork(NetworkModel other) {
        return new WorldSettings(nodes, seed, other, costs, suite);
    }

    public WorldSettings withNetwork(NetworkSettings other) {
        return withNetwork(network.withSettings(other));
    }

    public WorldSettings withLatency(LatencyModel other) {
        return withNetwork(network.withLatency(other));
    }

    public WorldSettings withCosts(ComputeCosts other) {
        return new WorldSettings(nodes, seed, network, other, suite);
    }
}
