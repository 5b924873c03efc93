package org.privatus.simulation.scenario;

import java.time.Duration;
import org.privatus.simulation.network.KademliaWorkloadLatency;
import org.privatus.simulation.network.LatencyModel;
import org.privatus.simulation.network.LognormalLatency;

/// How far nodes are from each other.
public sealed interface ScenarioLatency {
    LatencyModel model(long seed);

    /// Lognormal around a median one-way latency.
    record Lognormal(Duration median, double sigma) implements ScenarioLatency {
        private static final double NANOS_PER_MILLI = 1e6;

        @Override
        public LatencyModel model(long seed) {
            return new LognormalLatency(seed, median.toNanos() / NANOS_PER_MILLI, sigma);
        }
    }

    /// The function of KAD-1, 10–100 ms.
    record Kad1() implements ScenarioLatency {
        @Override
        public LatencyModel model(long seed) {
            return new KademliaWorkloadLatency();
        }
    }
}
