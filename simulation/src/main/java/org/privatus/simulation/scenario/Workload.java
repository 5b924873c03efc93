package org.privatus.simulation.scenario;

import java.time.Duration;

/// What nodes are there to do.
public sealed interface Workload {
    /// People on nodes who write to each other.
    record Messages(People people) implements Workload {}

    /// Lookups in a Kademlia whose tables have converged: the workload on which simulators are compared.
    ///
    /// @param parallelism α, requests of one lookup at once
    /// @param interval between two lookups of the whole network
    record Lookups(int parallelism, Duration interval) implements Workload {}
}
