package org.privatus.simulation.world;

import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.network.LatencyModel;
import org.privatus.simulation.network.LognormalLatency;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.network.NetworkSettings;

/// What a world is made of. Everything random in it follows from the seed.
///
/// @param nodes how many nodes can ever be; their numbers are `0 … nodes - 1`
/// @param epochMillis the wall clock of all nodes when the run begins
public record WorldSettings(
        int nodes, long seed, NetworkModel network, ComputeCosts costs, CryptoSuite suite, long epochMillis) {
    public WorldSettings {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is " + nodes + "; at least 1");
        }
    }

    /// The usual beginning.
    public WorldSettings(int nodes, long seed, NetworkModel network, ComputeCosts costs, CryptoSuite suite) {
        this(nodes, seed, network, costs, suite, EventLoop.EPOCH_MILLIS);
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
        return new WorldSettings(nodes, seed, other, costs, suite, epochMillis);
    }

    public WorldSettings withNetwork(NetworkSettings other) {
        return withNetwork(network.withSettings(other));
    }

    public WorldSettings withLatency(LatencyModel other) {
        return withNetwork(network.withLatency(other));
    }

    public WorldSettings withCosts(ComputeCosts other) {
        return new WorldSettings(nodes, seed, network, other, suite, epochMillis);
    }

    public WorldSettings withEpochMillis(long other) {
        return new WorldSettings(nodes, seed, network, costs, suite, other);
    }
}
