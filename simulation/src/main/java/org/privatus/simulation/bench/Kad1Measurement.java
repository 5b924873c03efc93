package org.privatus.simulation.bench;

/// What one run of KAD-1 came to and what it took.
///
/// @param bytesPerIdleNode of heap, after the tables were adopted and before the first lookup
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
