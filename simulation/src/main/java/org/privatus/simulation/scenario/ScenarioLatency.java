package org.privatus.simulation.scenario;

import java.nio.file.Path;
import java.time.Duration;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.network.CoordinateLatency;
import org.privatus.simulation.network.Coordinates;
import org.privatus.simulation.network.KademliaWorkloadLatency;
import org.privatus.simulation.network.LatencyMatrix;
import org.privatus.simulation.network.LatencyModel;
import org.privatus.simulation.network.LognormalLatency;
import org.privatus.simulation.network.MatrixLatency;
import org.privatus.simulation.network.UnreadableMatrixException;

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

    /// By place, fitted to the round trips measured between hosts of the internet: distances in a plane and access delays.
    record Places() implements ScenarioLatency {
        @Override
        public LatencyModel model(long seed) {
            return new CoordinateLatency(seed, Coordinates.MEASURED);
        }
    }

    /// Round trips read from a file; nodes are dealt out over its rows.
    record Matrix(String file) implements ScenarioLatency {
        @Override
        public LatencyModel model(long seed) {
            try {
                return new MatrixLatency(LatencyMatrix.read(Path.of(file)), seed);
            } catch (UnreadableMatrixException e) {
                throw UserError.runtime(String.valueOf(e.getMessage()));
            }
        }
    }
}
