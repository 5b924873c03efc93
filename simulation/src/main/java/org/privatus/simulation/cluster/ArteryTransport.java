package org.privatus.simulation.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Batches as messages between actors, over the cluster's own connections.
///
/// Artery drops messages when its outgoing queue of [#QUEUE_MAX] is full. It is emptied by another thread at a rate that nobody
/// tells, so no window may have more chunks for one shard than half of it: 192 MB.
final class ArteryTransport implements BatchTransport {
    /// As in the configuration.
    static final int QUEUE_MAX = 3_072;

    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<ActorRef<ClusterMessage>> peers;
    private final Inbox inbox;
    private final UnsafeBuffer chunk = new UnsafeBuffer();

    /// Where the actor that receives leaves chunks for the shard's thread, which may come later than the first of them. Bounded
    /// by what the others may send: two windows.
    static final class Inbox {
        private final Queue<byte[]> chunks = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Thread owner;

        void put(byte[] bytes) {
            chunks.add(bytes);
            LockSupport.unpark(owner);
        }
    }

    /// A transport for the calling thread.
    ///
    /// @param peers the receiver of each shard
    /// @param inbox of this process
    ArteryTransport(List<ActorRef<ClusterMessage>> peers, Inbox inbox) {
        this.peers = peers;
        this.inbox = inbox;
        inbox.owner = Thread.currentThread();
    }

    @Override
    public boolean offer(int toShard, DirectBuffer buffer, int length) {
        var bytes = new byte[length];
        buffer.getBytes(0, bytes);
        peers.get(toShard).tell(new ClusterMessage.Chunk(bytes));
        return true;
    }

    @Override
    public int poll(ChunkHandler handler) {
        byte[] bytes = inbox.chunks.poll();
        if (bytes == null) {
            return 0;
        }
        chunk.wrap(bytes);
        handler.chunk(chunk, 0, bytes.length);
        return 1;
    }

    @Override
    public void await(int inVain) {
        if (inVain > 1) {
            LockSupport.parkNanos(this, MOMENT_NANOS);
        }
    }

    @Override
    public void close() {}
}
