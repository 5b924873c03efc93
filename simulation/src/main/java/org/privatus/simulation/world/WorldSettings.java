package org.privatus.simulation.world;

import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.network.LatencyModel;
import org.privatus.simulation.network.LognormalLatency;
import org.privatus.simulation.network.NetworkSettings;

/// What a world is made of. Everything random in it follows from the seed.
///
/// @param nodes how many nodes can ever be; their numbers are `0 … nodes - 1`
public record WorldSettings(
        int nodes, long seed, NetworkSettings network, LatencyModel latency, ComputeCosts costs, CryptoSuite suite) {
    public WorldSettings {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is " + nodes + "; at least 1");
        }
    }

    /// Internet latencies, a server's processor.
    public static WorldSettings of(int nodes, long seed, CryptoSuite suite) {
        return new WorldSettings(
                nodes, seed, NetworkSettings.DEFAULT, new LognormalLatency(seed), ComputeCosts.SERVER, suite);
    }

    public WorldSettings withNetwork(NetworkSettings other) {
        return new WorldSettings(nodes, seed, other, latency, costs, suite);
    }

    public WorldSettings withLatency(LatencyModel other) {
        return new WorldSettings(nodes, seed, network, other, costs, suite);
    }

    public WorldSettings withCosts(ComputeCosts other) {
        return new WorldSettings(nodes, seed, network, latency, other, suite);
    }
}
