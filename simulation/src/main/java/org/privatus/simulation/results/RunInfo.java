package org.privatus.simulation.results;

import java.util.List;
import java.util.Optional;

/// One run, but for what was recorded in it.
///
/// @param scenario its name
/// @param description what it shows, for people
/// @param text the whole scenario in HOCON
/// @param command that makes this run again
/// @param traceHash of all events of all nodes
/// @param simulatedSeconds how far it came
/// @param partial why it is only a part of what was asked for; empty when it is whole
/// @param periods what plots point out
public record RunInfo(
        String scenario,
        String description,
        String text,
        String command,
        long seed,
        int nodes,
        String traceHash,
        long events,
        double simulatedSeconds,
        Optional<String> partial,
        List<Period> periods,
        RunCosts costs) {
    public RunInfo {
        periods = List.copyOf(periods);
    }
}
