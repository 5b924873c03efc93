package org.privatus.simulation.cluster;

/// What carries the batches.
public enum TransportKind {
    /// Shared memory when all members are on one machine, UDP otherwise.
    AERON,
    /// UDP, on one machine too.
    AERON_UDP,
    /// The cluster's own TCP connections.
    ARTERY;

    boolean usesAeron() {
        return this != ARTERY;
    }
}
