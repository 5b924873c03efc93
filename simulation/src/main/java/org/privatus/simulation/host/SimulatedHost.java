package org.privatus.simulation.host;

import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.Compute;
import org.privatus.node.host.Datagrams;
import org.privatus.node.host.Gauges;
import org.privatus.node.host.NodeHost;
import org.privatus.node.host.Time;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.SimulatedSecureRandom;

/// One life of one simulated node's machine. A node that is killed and started again gets a new host, with the number of its
/// life, so that it does not draw the same keys again.
public final class SimulatedHost implements NodeHost {
    private final int node;
    private final int life;
    private final long seed;
    private final SimulatedNetwork network;
    private final CryptoSuite suite;
    private final SimulatedCompute compute;
    private final Gauges gauges;
    private final Time time;
    private final SecureRandom keys;
    private final Map<String, Integer> streams = new TreeMap<>();
    private boolean severed;

    /// @param life 0 for the node's first start
    public SimulatedHost(
            EventLoop loop,
            SimulatedNetwork network,
            CryptoSuite suite,
            ComputeCosts costs,
            long seed,
            int node,
            int life) {
        this.node = node;
        this.life = life;
        this.seed = seed;
        this.network = network;
        this.suite = suite;
        this.compute = new SimulatedCompute(loop, node, costs);
        this.gauges = new ModelledGauges(loop, compute);
        this.time = new VirtualTime(loop);
        this.keys = new SimulatedSecureRandom(CounterRandom.of(seed, node, "keys", life));
    }

    public int node() {
        return node;
    }

    /// Ends the machine as a kill does: nothing more is sent, received, computed or stored, whatever its actors still try.
    public void sever() {
        severed = true;
        compute.sever();
        network.closePorts(node);
    }

    @Override
    public Datagrams datagrams() {
        return (local, listener) -> {
            if (severed) {
                throw new BindFailedException(local, "the machine was killed");
            }
            return network.of(node).bind(local, listener);
        };
    }

    @Override
    public Compute compute() {
        return compute;
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public CryptoSuite suite() {
        return suite;
    }

    @Override
    public Gauges gauges() {
        return gauges;
    }

    @Override
    public RandomGenerator behaviour(String purpose) {
        int instance = streams.merge(purpose, 1, Integer::sum) - 1;
        return CounterRandom.of(seed, node, purpose, (life << 20) + instance);
    }

    @Override
    public SecureRandom keys() {
        return keys;
    }

    private record VirtualTime(EventLoop loop) implements Time {
        @Override
        public long nanos() {
            return loop.nowNanos();
        }

        @Override
        public long epochMillis() {
            return loop.epochMillis();
        }
    }
}
