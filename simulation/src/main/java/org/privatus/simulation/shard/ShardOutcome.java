package org.privatus.simulation.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.trace.TraceHash;

/// One shard's part of a [RunOutcome].
///
/// @param nodeHashes of this shard's nodes alone
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ShardOutcome(
        int shard, Recording recording, long[] nodeHashes, long simulatedNanos, boolean stopped, ShardCost cost) {
    /// Puts the parts of a run together.
    ///
    /// @param parts in the order of shards, at least one
    /// @param lost why parts are missing, if some are
    public static RunOutcome join(ShardMap map, List<ShardOutcome> parts, Optional<String> lost) {
        var hashes = new long[map.nodes()];
        var costs = new ArrayList<ShardCost>();
        long events = 0;
        long simulated = Long.MAX_VALUE;
        boolean stopped = false;
        for (ShardOutcome part : parts) {
            System.arraycopy(part.nodeHashes, 0, hashes, map.first(part.shard), part.nodeHashes.length);
            costs.add(part.cost);
            events += part.cost.events();
            simulated = Math.min(simulated, part.simulatedNanos);
            stopped |= part.stopped;
        }
        var recording =
                Recording.merged(parts.stream().map(ShardOutcome::recording).toList());
        String hash = TraceHash.text(TraceHash.of(hashes));
        return new RunOutcome(recording, hashes, hash, events, simulated, stopped, lost, costs);
    }
}
