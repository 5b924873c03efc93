package org.privatus.simulation.cluster;

import java.time.Duration;

/// Where and how members of a run meet.
///
/// @param host address that the others reach this process by
/// @param port of the cluster's connections; 0 lets the machine choose
/// @param members processes of the run, the coordinator included: as many as shards
/// @param transport carries the batches; the coordinator's choice counts for all
/// @param forming how long the coordinator waits for all members, and a member for the coordinator
/// @param silence how long a member may be silent before it is given up: longer than any collection of garbage
/// @param batchWait how long a shard waits for another's batch: longer than the setting up of the largest shard
public record ClusterSettings(
        String host,
        int port,
        int members,
        TransportKind transport,
        Duration forming,
        Duration silence,
        Duration batchWait) {
    private static final int PORT_MAX = 0xffff;

    public ClusterSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port is " + port + "; allowed is 0 to " + PORT_MAX);
        }
        if (members < 1) {
            throw new IllegalArgumentException("a cluster has at least 1 member, not " + members);
        }
    }

    /// Aeron, three minutes to form, 20 s of silence, ten minutes for a batch.
    public static ClusterSettings of(String host, int port, int members) {
        return new ClusterSettings(
                host,
                port,
                members,
                TransportKind.AERON,
                Duration.ofMinutes(3),
                Duration.ofSeconds(20),
                Duration.ofMinutes(10));
    }

    public ClusterSettings withTransport(TransportKind other) {
        return new ClusterSettings(host, port, members, other, forming, silence, batchWait);
    }

    public ClusterSettings withForming(Duration other) {
        return new ClusterSettings(host, port, members, transport, other, silence, batchWait);
    }
}
