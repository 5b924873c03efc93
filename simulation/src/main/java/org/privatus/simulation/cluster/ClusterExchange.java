package org.privatus.simulation.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.network.RemoteDatagram;
import org.privatus.simulation.shard.Batch;
import org.privatus.simulation.shard.Exchange;
import org.privatus.simulation.shard.MemberLostException;
import org.privatus.simulation.shard.WindowEnd;

/// Exchange between processes: each window, one batch to every other shard, encoded into chunks, and one from each.
///
/// Another shard may be one window ahead, never two: it cannot finish a window without this shard's batch. So there are two
/// places for what it sends. A batch is bounded by [Batch#DATAGRAMS_MAX] and [Batch#BYTES_MAX]; encoded there is never more of
/// it here than one chunk.
final class ClusterExchange implements Exchange {
    private static final int CHECK_EVERY = 64;

    private final int shard;
    private final BatchTransport transport;
    private final long batchWaitNanos;
    private final List<@Nullable Incoming> others = new ArrayList<>();
    private final UnsafeBuffer chunk = new UnsafeBuffer(new byte[BatchTransport.CHUNK_BYTES_MAX]);
    private final Chunks.Cursor cursor = new Chunks.Cursor();
    private long window;
    private long blockedNanos;
    private volatile @Nullable String lost;

    /// What one other shard sent, for this window and the next.
    private static final class Incoming {
        private final List<Batch> batches;
        private final @Nullable WindowEnd[] ends = new @Nullable WindowEnd[2];

        Incoming(int from, int to) {
            this.batches = List.of(new Batch(from, to), new Batch(from, to));
        }
    }

    ClusterExchange(ShardMap map, int shard, BatchTransport transport, Duration batchWait) {
        this.shard = shard;
        this.transport = transport;
        this.batchWaitNanos = batchWait.toNanos();
        IntStream.range(0, map.shards())
                .mapToObj(other -> other == shard ? null : new Incoming(other, shard))
                .forEach(others::add);
    }

    /// Ends the run here: whoever waits for a batch gets the exception. From any thread; only the first line counts.
    void lose(String line) {
        if (lost == null) {
            lost = line;
        }
    }

    @Override
    public WindowEnd swap(WindowEnd mine, List<Batch> outgoing, Consumer<Batch> incoming) throws MemberLostException {
        for (int other = 0; other < others.size(); other++) {
            if (other != shard) {
                send(other, outgoing.get(other), mine);
            }
        }
        int place = (int) (window & 1);
        WindowEnd all = mine;
        for (int other = 0; other < others.size(); other++) {
            Incoming from = others.get(other);
            if (from != null) {
                all = all.and(await(other, from, place));
                Batch batch = from.batches.get(place);
                incoming.accept(batch);
                batch.clear();
                from.ends[place] = null;
            }
        }
        window++;
        return all;
    }

    private void send(int to, Batch batch, WindowEnd mine) throws MemberLostException {
        int sent = 0;
        do {
            int from = sent;
            int at = Chunks.HEADER_BYTES + Chunks.END_BYTES_MAX;
            int room = at;
            while (sent < batch.size() && room + Chunks.room(batch.get(sent)) <= chunk.capacity()) {
                room += Chunks.room(batch.get(sent));
                sent++;
            }
            offer(to, fill(batch, from, sent, mine));
        } while (sent < batch.size());
    }

    /// Writes the datagrams from `from` to before `end` and returns the chunk's length.
    private int fill(Batch batch, int from, int end, WindowEnd mine) {
        boolean last = end == batch.size();
        chunk.putLong(Chunks.WINDOW, window);
        chunk.putInt(Chunks.FROM, shard);
        chunk.putInt(Chunks.COUNT, end - from);
        chunk.putByte(Chunks.LAST, (byte) (last ? 1 : 0));
        int at = Chunks.HEADER_BYTES;
        at += last ? Chunks.putEnd(chunk, at, mine) : 0;
        for (int i = from; i < end; i++) {
            at += Chunks.putDatagram(chunk, at, batch.get(i));
        }
        return at;
    }

    private void offer(int to, int length) throws MemberLostException {
        if (!transport.offer(to, chunk, length)) {
            var waiting = new Waiting("room to send to shard " + to);
            while (!transport.offer(to, chunk, length)) {
                waiting.step();
            }
            waiting.over();
        }
    }

    private WindowEnd await(int other, Incoming from, int place) throws MemberLostException {
        WindowEnd end = from.ends[place];
        if (end == null) {
            var waiting = new Waiting("the batch of shard " + other);
            while ((end = from.ends[place]) == null) {
                waiting.step();
            }
            waiting.over();
        }
        return end;
    }

    private void take(DirectBuffer buffer, int offset, int length) {
        cursor.wrap(buffer, offset, length);
        long ahead = cursor.window() - window;
        Incoming from = others.get(cursor.fromShard());
        if (from == null || ahead < 0 || ahead > 1) {
            throw new IllegalStateException("a batch of window " + cursor.window() + " of shard " + cursor.fromShard()
                    + " came in window " + window);
        }
        int place = (int) (cursor.window() & 1);
        WindowEnd end = cursor.isLast() ? cursor.end() : null;
        Batch batch = from.batches.get(place);
        for (int left = cursor.count(); left > 0; left--) {
            RemoteDatagram datagram = cursor.datagram();
            batch.add(datagram);
        }
        from.ends[place] = end;
    }

    /// The wait for another shard: takes what comes meanwhile, and gives up when the other is lost or too late.
    private final class Waiting {
        private final String wanted;
        private final long sinceNanos = System.nanoTime();
        private int inVain;

        Waiting(String wanted) {
            this.wanted = wanted;
        }

        void step() throws MemberLostException {
            if (transport.poll(ClusterExchange.this::take) > 0) {
                inVain = 0;
                return;
            }
            String line = lost;
            if (line != null) {
                throw new MemberLostException(line);
            }
            if (++inVain % CHECK_EVERY == 0 && System.nanoTime() - sinceNanos > batchWaitNanos) {
                throw new MemberLostException(
                        String.format(Locale.ROOT, "waited %.0f s in vain for %s", batchWaitNanos / 1e9, wanted));
            }
            transport.await(inVain);
        }

        void over() {
            blockedNanos += System.nanoTime() - sinceNanos;
        }
    }

    @Override
    public long blockedNanos() {
        return blockedNanos;
    }

    @Override
    public void close() {
        transport.close();
    }
}
