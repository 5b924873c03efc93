package org.privatus.simulation.engine;

/// Which loop runs which node: nodes `0 … nodes - 1` in contiguous blocks, one per shard, whose sizes differ by one at most.
///
/// @param shards loops in the whole run, whatever threads or processes they are in
public record ShardMap(int nodes, int shards) {
    /// Each shard talks to every other after each window: more would spend their time on that.
    public static final int SHARDS_MAX = 64;

    public ShardMap {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is " + nodes + "; at least 1");
        }
        if (shards < 1 || shards > SHARDS_MAX || shards > nodes) {
            throw new IllegalArgumentException(
                    "shards is " + shards + "; allowed is 1 to " + Math.min(nodes, SHARDS_MAX));
        }
    }

    /// All nodes on one loop.
    public static ShardMap one(int nodes) {
        return new ShardMap(nodes, 1);
    }

    public int shardOf(int node) {
        if (shards == 1) {
            return 0;
        }
        return (int) (((long) node * shards + shards - 1) / nodes);
    }

    /// The first node of a shard.
    public int first(int shard) {
        return (int) ((long) shard * nodes / shards);
    }

    /// The node after the last of a shard.
    public int end(int shard) {
        return first(shard + 1);
    }
}
