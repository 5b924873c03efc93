package org.privatus.simulation.bench;

/// What one run of KAD-1 came to and what it took.
///
/// @param bytesPerIdleNode of heap that each node with a converged table adds to a world of a few, after a collection; measured once,
///     before any lookup, in a world of this many nodes or of 100,000
/// @param setupSeconds CPU time until then
/// @param wallSeconds from the first lookup to the end
/// @param cpuSeconds of the loop's thread in that time
/// @param collectionSeconds wall time of collections in that time, in which the loop stands still
/// @param allocatedPerRequest bytes that the loop's thread allocated per request
public record Kad1Measurement(
        int nodes,
        int parallelism,
        long lookups,
        double requestsPerLookup,
        double depth,
        double meanLatencyMillis,
        double success,
        String traceHash,
        long events,
        long bytesPerIdleNode,
        double setupSeconds,
        double wallSeconds,
        double cpuSeconds,
        double collectionSeconds,
        double allocatedPerRequest) {

    public double lookupsPerCpuSecond() {
        return lookups / cpuSeconds;
    }

    public double eventsPerCpuSecond() {
        return events / cpuSeconds;
    }
}
