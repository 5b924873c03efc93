package org.privatus.simulation.shard;

import java.util.ArrayList;
import java.util.List;
import org.privatus.simulation.network.RemoteDatagram;

/// The datagrams that one shard sends another in one window. Between threads the objects themselves change hands, not encoded.
///
/// Bounded: a window with more than [#DATAGRAMS_MAX] datagrams or [#BYTES_MAX] bytes to one shard ends the run.
public final class Batch {
    /// Some 200 MB of objects.
    public static final int DATAGRAMS_MAX = 2_000_000;

    /// Payload.
    public static final long BYTES_MAX = 1L << 30;

    /// A list that was longer is not kept for the next window.
    private static final int REUSED_MAX = 1 << 16;

    private final int from;
    private final int to;
    private List<RemoteDatagram> datagrams = new ArrayList<>();
    private long bytes;

    /// An empty batch.
    public Batch(int fromShard, int toShard) {
        this.from = fromShard;
        this.to = toShard;
    }

    public int fromShard() {
        return from;
    }

    public int toShard() {
        return to;
    }

    public int size() {
        return datagrams.size();
    }

    public RemoteDatagram get(int index) {
        return datagrams.get(index);
    }

    /// Adds a datagram.
    ///
    /// @throws IllegalStateException when the batch is full
    public void add(RemoteDatagram datagram) {
        bytes += datagram.bytes().length;
        if (datagrams.size() == DATAGRAMS_MAX || bytes > BYTES_MAX) {
            throw new IllegalStateException("a window has more than " + DATAGRAMS_MAX + " datagrams or " + BYTES_MAX
                    + " bytes from shard " + from + " to shard " + to + ": use fewer shards");
        }
        datagrams.add(datagram);
    }

    /// Makes it empty again.
    public void clear() {
        if (datagrams.size() > REUSED_MAX) {
            datagrams = new ArrayList<>();
        } else {
            datagrams.clear();
        }
        bytes = 0;
    }
}
