package org.privatus.simulation.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.shard.ShardOutcome;

/// Fetches the members' outcomes part by part: the next part of one is asked for when the last has come, so nothing piles up.
final class OutcomeCollector {
    /// Longest part: what fits a frame of the cluster's connections.
    static final int PART_BYTES_MAX = 128 * 1024;

    private final ShardMap map;
    private final List<ActorRef<ClusterMessage>> others;
    private final TreeMap<Integer, byte[]> arriving = new TreeMap<>();
    private final TreeMap<Integer, ShardOutcome> outcomes = new TreeMap<>();

    /// @param others members of the shards from 1
    OutcomeCollector(ShardMap map, List<ActorRef<ClusterMessage>> others) {
        this.map = map;
        this.others = others;
    }

    /// Takes what is about outcomes.
    ///
    /// @throws ClusterException if a shard failed
    void take(ClusterMessage message) throws ClusterException {
        switch (message) {
            case ClusterMessage.Finished(var shard, var length) -> {
                arriving.put(shard, new byte[length]);
                member(shard).tell(new ClusterMessage.Fetch(0));
            }
            case ClusterMessage.Part part -> take(part);
            case ClusterMessage.Failed(var shard, var line) -> throw new ClusterException(line);
            case ClusterMessage.Hello _,
                    ClusterMessage.Welcome _,
                    ClusterMessage.Here _,
                    ClusterMessage.Assigned _,
                    ClusterMessage.Chunk _,
                    ClusterMessage.Fetch _,
                    ClusterMessage.Lost _,
                    ClusterMessage.Goodbye _ -> {
                // late, or not for a coordinator
            }
        }
    }

    private void take(ClusterMessage.Part part) {
        byte[] whole = arriving.get(part.shard());
        if (whole == null) {
            return;
        }
        System.arraycopy(part.bytes(), 0, whole, part.offset(), part.bytes().length);
        int next = part.offset() + part.bytes().length;
        if (next < whole.length) {
            member(part.shard()).tell(new ClusterMessage.Fetch(next));
        } else {
            arriving.remove(part.shard());
            outcomes.put(part.shard(), OutcomeCodec.decode(map, whole));
        }
    }

    private ActorRef<ClusterMessage> member(int shard) {
        return others.get(shard - 1);
    }

    boolean isComplete() {
        return outcomes.size() == others.size();
    }

    /// All that came, in the order of shards.
    List<ShardOutcome> with(ShardOutcome first) {
        var all = new ArrayList<ShardOutcome>();
        all.add(first);
        all.addAll(outcomes.values());
        return all;
    }
}
