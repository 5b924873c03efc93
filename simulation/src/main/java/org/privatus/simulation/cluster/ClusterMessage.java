package org.privatus.simulation.cluster;

import java.util.List;

/// What members of a run tell each other. Written by [ClusterSerializer]; actors are named by their paths.
sealed interface ClusterMessage {
    /// A member is in the cluster and wants a shard.
    ///
    /// @param member the sender
    /// @param version of these messages and of the batches
    record Hello(String member, int version) implements ClusterMessage {}

    /// The coordinator asks how batches could reach the member.
    ///
    /// @param transport what shall carry the batches
    /// @param meetingFile a file on the coordinator's machine that says `token`
    record Welcome(TransportKind transport, String meetingFile, String token) implements ClusterMessage {}

    /// The member's answer.
    ///
    /// @param sameMachine it can read the meeting file, so shared memory would do
    /// @param endpoint of its own for UDP
    record Here(String member, boolean sameMachine, String endpoint) implements ClusterMessage {}

    /// The member's shard, and the run.
    ///
    /// @param peers members in the order of shards
    /// @param endpoints for UDP in the same order; empty for shared memory
    /// @param directory of the driver for shared memory
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Assigned(
            int shard,
            TransportKind transport,
            List<String> peers,
            List<String> endpoints,
            String directory,
            byte[] description)
            implements ClusterMessage {}

    /// A part of a batch, when Artery carries them.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chunk(byte[] bytes) implements ClusterMessage {}

    /// A shard came to an end, its own or that of the run.
    ///
    /// @param length of the encoded outcome
    record Finished(int shard, int length) implements ClusterMessage {}

    /// The coordinator wants a part of the outcome.
    record Fetch(int offset) implements ClusterMessage {}

    /// The part of the outcome that begins at `offset`.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(int shard, int offset, byte[] bytes) implements ClusterMessage {}

    /// A shard failed; the run fails.
    record Failed(int shard, String line) implements ClusterMessage {}

    /// The run cannot go on, because of what the line says.
    record Lost(String line) implements ClusterMessage {}

    /// The coordinator has everything: members may go.
    record Goodbye() implements ClusterMessage {}
}
