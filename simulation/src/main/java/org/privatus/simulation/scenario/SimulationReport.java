package org.privatus.simulation.scenario;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.privatus.simulation.network.NetworkStatistics;

/// What a run showed. All but the last record is the same for the same options on any machine.
///
/// @param people nodes with a person
/// @param ready people whom others could reach in the end
/// @param joined nodes that found the network
/// @param counters everything nodes count, added up over all nodes
/// @param crashes guardians that died, and children that had to be started again
/// @param traceHash of all events of all nodes
public record SimulationReport(
        SimulationOptions options,
        int people,
        int ready,
        int joined,
        Deliveries.Summary messages,
        NetworkStatistics network,
        SortedMap<String, Long> counters,
        List<String> crashes,
        double simulatedSeconds,
        long events,
        String traceHash,
        Cost cost) {
    public SimulationReport {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        crashes = List.copyOf(crashes);
    }

    /// Whether every message was shown exactly once and no guardian died.
    public boolean isSound() {
        return messages.isExactlyOnce() && crashes.isEmpty();
    }

    public double trafficBytesPerNode() {
        return (double) network.sentBytes() / options.nodes();
    }

    /// What the run took on this machine.
    ///
    /// @param heapBytesPerNode live heap after collection, divided by the number of nodes
    public record Cost(
            double wallSeconds,
            double cpuSeconds,
            double eventsPerSecond,
            double simulatedPerReal,
            long heapBytesPerNode) {}
}
