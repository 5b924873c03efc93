package org.privatus.simulation.shard;

import java.util.List;
import java.util.stream.IntStream;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.network.RemoteDatagram;
import org.privatus.simulation.network.Uplink;

/// What a shard sends to the others during a window. Two sets of batches take turns: while one is filled, the others may still
/// read the one that was given away at the end of the window before.
final class Outbox implements Uplink {
    private final ShardMap map;
    private List<Batch> filling;
    private List<Batch> away;
    private long horizonNanos;
    private long earliestNanos = Long.MAX_VALUE;
    private long datagrams;
    private boolean closed;

    Outbox(ShardMap map, int shard) {
        this.map = map;
        this.filling = batches(map, shard);
        this.away = batches(map, shard);
    }

    private static List<Batch> batches(ShardMap map, int shard) {
        return IntStream.range(0, map.shards())
                .mapToObj(other -> new Batch(shard, other))
                .toList();
    }

    /// What is sent from now on arrives at `horizonNanos` or later, or the run ends.
    void beginWindow(long horizonNanos) {
        this.horizonNanos = horizonNanos;
        filling.forEach(Batch::clear);
        earliestNanos = Long.MAX_VALUE;
    }

    @Override
    public void toOtherShard(RemoteDatagram datagram) {
        if (closed) {
            return;
        }
        if (datagram.timeNanos() < horizonNanos) {
            throw new IllegalStateException("a datagram of node " + datagram.cause() + " arrives at "
                    + datagram.timeNanos() + " ns, inside the window up to " + horizonNanos
                    + " ns: the latency model's minimum is too large");
        }
        earliestNanos = Math.min(earliestNanos, datagram.timeNanos());
        datagrams++;
        filling.get(map.shardOf(datagram.toNode())).add(datagram);
    }

    /// The earliest arrival of what was sent in this window.
    long earliestNanos() {
        return earliestNanos;
    }

    /// Datagrams since the beginning.
    long datagrams() {
        return datagrams;
    }

    /// Hands out the window's batches. They may be read until the swap after the next call has returned.
    List<Batch> take() {
        List<Batch> full = filling;
        filling = away;
        away = full;
        return full;
    }

    /// From now on everything is dropped: the other shards are gone.
    void close() {
        closed = true;
    }
}
