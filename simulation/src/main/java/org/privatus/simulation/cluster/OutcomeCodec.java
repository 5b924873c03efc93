package org.privatus.simulation.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.results.MalformedRecordingException;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.shard.ShardCost;
import org.privatus.simulation.shard.ShardOutcome;

/// A shard's outcome as bytes, for the coordinator: shard, reached, stopped, the seven numbers of its cost, the hashes of its
/// nodes, its recording.
final class OutcomeCodec {
    private OutcomeCodec() {}

    static byte[] encode(ShardOutcome outcome) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(outcome.shard());
            out.writeLong(outcome.simulatedNanos());
            out.writeBoolean(outcome.stopped());
            write(outcome.cost(), out);
            for (long hash : outcome.nodeHashes()) {
                out.writeLong(hash);
            }
            out.write(outcome.recording().toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalStateException if these are no bytes of [#encode]
    static ShardOutcome decode(ShardMap map, byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int shard = in.readInt();
            long simulatedNanos = in.readLong();
            boolean stopped = in.readBoolean();
            ShardCost cost = readCost(in);
            var hashes = new long[map.end(shard) - map.first(shard)];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = in.readLong();
            }
            var recording = Recording.fromBytes(in.readAllBytes());
            return new ShardOutcome(shard, recording, hashes, simulatedNanos, stopped, cost);
        } catch (IOException | MalformedRecordingException e) {
            throw new IllegalStateException("a member sent an outcome that cannot be read: " + e.getMessage(), e);
        }
    }

    private static void write(ShardCost cost, DataOutputStream out) throws IOException {
        out.writeInt(cost.shard());
        out.writeLong(cost.setupNanos());
        out.writeLong(cost.cpuNanos());
        out.writeLong(cost.blockedNanos());
        out.writeLong(cost.events());
        out.writeLong(cost.windows());
        out.writeLong(cost.datagrams());
    }

    private static ShardCost readCost(DataInputStream in) throws IOException {
        return new ShardCost(
                in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
