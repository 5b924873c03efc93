package org.privatus.simulation.scenario;

import java.time.Duration;
import org.privatus.simulation.churn.ChurnSettings;

/// How nodes come and go beside faults.
public sealed interface Comings {
    /// Sessions and absences, from a node's start to the end of the workload. The first eight nodes, which others join through,
    /// stay.
    ///
    /// @param crashes share of sessions that end without a word, 0–1
    /// @param among whose
    record Churning(ChurnSettings lengths, double crashes, Fault.Among among) implements Comings {}

    /// The last of the honest nodes all start within a short time.
    ///
    /// @param nodes how many
    /// @param at when the first may start, counted from the beginning of the workload
    /// @param within when the last has
    record Crowd(int nodes, Duration at, Duration within) implements Comings {}
}
