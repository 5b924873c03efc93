package org.privatus.simulation.fault;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.host.Compute;
import org.privatus.node.host.Datagrams;
import org.privatus.node.host.Gauges;
import org.privatus.node.host.NodeHost;
import org.privatus.node.host.Time;

/// A host of which some ports are others.
public record AlteredHost(NodeHost sound, Datagrams datagrams, Compute compute, Time time, CryptoSuite suite)
        implements NodeHost {
    /// A host that is as it was.
    public static AlteredHost of(NodeHost sound) {
        return new AlteredHost(sound, sound.datagrams(), sound.compute(), sound.time(), sound.suite());
    }

    public AlteredHost withDatagrams(Datagrams other) {
        return new AlteredHost(sound, other, compute, time, suite);
    }

    public AlteredHost withCompute(Compute other) {
        return new AlteredHost(sound, datagrams, other, time, suite);
    }

    public AlteredHost withTime(Time other) {
        return new AlteredHost(sound, datagrams, compute, other, suite);
    }

    public AlteredHost withSuite(CryptoSuite other) {
        return new AlteredHost(sound, datagrams, compute, time, other);
    }

    @Override
    public Gauges gauges() {
        return sound.gauges();
    }

    @Override
    public RandomGenerator behaviour(String purpose) {
        return sound.behaviour(purpose);
    }

    @Override
    public SecureRandom keys() {
        return sound.keys();
    }
}
