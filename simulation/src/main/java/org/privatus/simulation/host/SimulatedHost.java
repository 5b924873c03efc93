package org.privatus.simulation.host;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
public final class SimulatedHost implements NodeHost, Time {
    private final int node;
    private final int life;
    private final long seed;
    private final SimulatedNetwork network;
    private final CryptoSuite suite;
    private final EventLoop loop;
    private final ComputeCosts costs;

    // Each made when it is first needed: most nodes of a large simulation compute nothing for long.
    private @Nullable SimulatedCompute compute;
    private @Nullable Gauges gauges;
    private @Nullable SecureRandom keys;

    /// How many streams of a purpose there were, by purpose; one that can be changed, once there is one.
    private Map<String, Integer> streams = Collections.emptyMap();

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
        this.loop = loop;
        this.costs = costs;
    }

    public int node() {
        return node;
    }

    /// Ends the machine as a kill does: nothing more is sent, received, computed or stored, whatever its actors still try.
    public void sever() {
        severed = true;
        simulatedCompute().sever();
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
        return simulatedCompute();
    }

    private SimulatedCompute simulatedCompute() {
        SimulatedCompute made = compute;
        if (made == null) {
            made = new SimulatedCompute(loop, node, costs);
            compute = made;
        }
        return made;
    }

    /// The host itself: a clock is read with every message, and one object is read sooner than two.
    @Override
    public Time time() {
        return this;
    }

    @Override
    public long nanos() {
        return loop.nowNanos();
    }

    @Override
    public long epochMillis() {
        return loop.epochMillis();
    }

    @Override
    public CryptoSuite suite() {
        return suite;
    }

    @Override
    public Gauges gauges() {
        Gauges made = gauges;
        if (made == null) {
            made = new ModelledGauges(loop, simulatedCompute());
            gauges = made;
        }
        return made;
    }

    @Override
    public RandomGenerator behaviour(String purpose) {
        if (streams.isEmpty()) {
            streams = new TreeMap<>();
        }
        int instance = streams.merge(purpose, 1, Integer::sum) - 1;
        return CounterRandom.of(seed, node, purpose, (life << 20) + instance);
    }

    @Override
    public SecureRandom keys() {
        SecureRandom made = keys;
        if (made == null) {
            made = new SimulatedSecureRandom(CounterRandom.of(seed, node, "keys", life));
            keys = made;
        }
        return made;
    }
}
