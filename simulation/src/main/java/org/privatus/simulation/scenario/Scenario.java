package org.privatus.simulation.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All that a run is told. Two runs of one scenario and the same build are equal, event for event.
///
/// Time of a run: nodes start one after the other, `startsApart` between two; after the last and `settle` the workload begins and
/// goes on for `duration`; then what is under way has `patience` to arrive.
///
/// @param name as given, or the file's
/// @param description what it shows, for people
/// @param text the whole scenario in HOCON, every key with its value
/// @param realCrypto the real primitives instead of cheap ones with the same sizes
/// @param settings of every node, `KEY=VALUE`
/// @param groups nodes with other settings
public record Scenario(
        String name,
        String description,
        String text,
        int nodes,
        long seed,
        Duration startsApart,
        Duration settle,
        Duration duration,
        Duration patience,
        boolean realCrypto,
        List<String> settings,
        List<NodeGroup> groups,
        ScenarioNetwork network,
        Workload workload,
        Optional<Comings.Churning> churn,
        Optional<Comings.Crowd> crowd,
        List<Fault> faults,
        List<Adversary> adversaries,
        Checks checks) {
    /// More need more memory than a machine has.
    public static final int NODES_MOST = 2_000_000;

    /// Real primitives cost a thousand times as much.
    public static final int REAL_CRYPTO_NODES_MOST = 50;

    public Scenario {
        settings = List.copyOf(settings);
        groups = List.copyOf(groups);
        faults = List.copyOf(faults);
        adversaries = List.copyOf(adversaries);
    }

    /// The people of the run; nobody where the workload is another.
    public People people() {
        return switch (workload) {
            case Workload.Messages(var people) -> people;
            case Workload.Lookups _ -> People.NONE;
        };
    }

    /// Nodes that misbehave: the last of the run.
    public int hostileNodes() {
        return adversaries.stream().mapToInt(Adversary::count).sum();
    }

    /// Nodes that do not: the first.
    public int honestNodes() {
        return nodes - hostileNodes();
    }

    /// When the last node has started and things have settled: the workload begins, and the moments of faults count from here.
    public Duration beginning() {
        return lastStart().plus(settle);
    }

    /// When the last node has started that is no part of a crowd.
    public Duration lastStart() {
        return startsApart.multipliedBy(nodes);
    }

    /// When nothing new is begun any more.
    public Duration end() {
        return beginning().plus(duration);
    }

    /// When the run is over at the latest.
    public Duration limit() {
        return end().plus(patience);
    }
}
