package org.privatus.simulation.shard;

import java.util.List;
import java.util.Optional;
import org.privatus.simulation.results.Recording;

/// What a run came to.
///
/// @param recording of all shards, merged
/// @param nodeHashes rolling hash of each node's events, in node order; 0 for nodes of a shard that was lost
/// @param traceHash of all nodes: sixteen hexadecimal digits, the same for any number of shards
/// @param events steps of all shards
/// @param simulatedNanos the last whole second that all shards reached, or where the only one was halted
/// @param stopped the end came before the program wanted it: the observer did, or the loop was halted
/// @param lost why only a part of the shards is in here; empty when all are
/// @param costs in the order of shards
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RunOutcome(
        Recording recording,
        long[] nodeHashes,
        String traceHash,
        long events,
        long simulatedNanos,
        boolean stopped,
        Optional<String> lost,
        List<ShardCost> costs) {
    public RunOutcome {
        costs = List.copyOf(costs);
    }
}
