package org.privatus.simulation.bench.work;

import java.util.List;

/// What a piece of work took.
///
/// @param nanos from the first byte sent to the last one received
/// @param bytes of payload that were moved
/// @param latenciesNanos of each ping
public record Outcome(long nanos, long bytes, List<Long> latenciesNanos) {
    public Outcome {
        latenciesNanos = List.copyOf(latenciesNanos);
    }

    /// Of both, one after the other; with the latencies of the first.
    public Outcome plus(Outcome next) {
        return new Outcome(nanos + next.nanos, bytes + next.bytes, latenciesNanos);
    }
}
