package org.privatus.simulation.bench;

import java.util.List;
import java.util.Optional;

/// What others took for KAD-1, and what three independent implementations of it agree on. Measured on one loaded machine with JDK 25, one thread: ratios
/// say more than the numbers.
final class Published {
    /// Requests per lookup, depth, latency in ms and share of success that implementations agree on to 0.1 %.
    record Conformance(
            int nodes, int parallelism, double requests, double depth, double latencyMillis, double success) {}

    /// A simulator's lookups per CPU-second at 1 k, 10 k, 100 k and 1 M nodes; empty where it cannot.
    record Simulator(String name, List<Optional<Integer>> lookupsPerCpuSecond, int bytesPerNode) {}

    static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);

    static final List<Conformance> CONFORMANCE = List.of(
            new Conformance(1_000, 3, 21.53, 1.88, 838, 0.9989),
            new Conformance(10_000, 3, 22.97, 2.35, 891, 0.9999),
            new Conformance(100_000, 3, 24.42, 2.79, 945, 1),
            new Conformance(1_000_000, 3, 25.82, 3.22, 995, 1),
            new Conformance(10_000, 5, 25.19, 2.29, 620, 0.9998),
            new Conformance(100_000, 5, 27.35, 2.69, 668, 1));

    static final List<Simulator> SIMULATORS = List.of(
            new Simulator("PeerSim 1.0.5, published Kademlia", rates(988, 701, 409, 0), 28_300),
            new Simulator("PeerSim engine, compact Kademlia", rates(15_900, 10_200, 8_100, 4_400), 1_580),
            new Simulator("timing wheel, events as ints", rates(32_000, 27_000, 17_900, 11_600), 1_240));

    private Published() {}

    private static List<Optional<Integer>> rates(int thousand, int tenThousand, int hundredThousand, int million) {
        return List.of(
                Optional.of(thousand),
                Optional.of(tenThousand),
                Optional.of(hundredThousand),
                million == 0 ? Optional.empty() : Optional.of(million));
    }

    static Optional<Conformance> conformance(int nodes, int parallelism) {
        return CONFORMANCE.stream()
                .filter(row -> row.nodes() == nodes && row.parallelism() == parallelism)
                .findFirst();
    }
}
