package org.privatus.simulation.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.engine.ShardMap;

/// Batches over Aeron: one stream for each pair of shards and direction, through shared memory or UDP.
final class AeronTransport implements BatchTransport {
    private static final int STREAM_BASE = 4_000;
    private static final int FRAGMENTS_PER_POLL = 32;

    // a term takes eight chunks; three terms per stream
    private static final String TERM = "term-length=1m";
    private static final String IPC = "aeron:ipc?" + TERM;

    private final AeronDriver driver;
    private final List<@Nullable ExclusivePublication> publications = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<FragmentAssembler> assemblers = new ArrayList<>();
    private final IdleStrategy idle =
            new BackoffIdleStrategy(200, 10, TimeUnit.MICROSECONDS.toNanos(5), TimeUnit.MICROSECONDS.toNanos(100));
    private ChunkHandler handler = (buffer, offset, length) -> {};

    /// Opens the streams. The others may do so later: nothing is lost.
    ///
    /// @param driver closed with the transport
    /// @param endpoints of each shard for UDP; empty for shared memory
    AeronTransport(AeronDriver driver, int shards, int shard, List<String> endpoints) {
        this.driver = driver;
        FragmentHandler each = (buffer, offset, length, header) -> handler.chunk(buffer, offset, length);
        for (int other = 0; other < shards; other++) {
            if (other == shard) {
                publications.add(null);
            } else {
                String here = endpoints.isEmpty() ? IPC : udp(endpoints.get(shard));
                String there = endpoints.isEmpty() ? IPC : udp(endpoints.get(other));
                subscriptions.add(driver.aeron().addSubscription(here, stream(other, shard)));
                publications.add(driver.aeron().addExclusivePublication(there, stream(shard, other)));
                assemblers.add(new FragmentAssembler(each));
            }
        }
    }

    private static int stream(int from, int to) {
        return STREAM_BASE + from * ShardMap.SHARDS_MAX + to;
    }

    private static String udp(String endpoint) {
        return "aeron:udp?" + TERM + "|endpoint=" + endpoint;
    }

    @Override
    public boolean offer(int toShard, DirectBuffer chunk, int length) {
        ExclusivePublication publication = publications.get(toShard);
        if (publication == null) {
            throw new IllegalArgumentException("a shard sends nothing to itself");
        }
        long position = publication.offer(chunk, 0, length);
        if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
            throw new IllegalStateException(
                    "the stream to shard " + toShard + " ended: " + Publication.errorString(position));
        }
        return position > 0;
    }

    @Override
    public int poll(ChunkHandler taker) {
        handler = taker;
        int polled = 0;
        for (int i = 0; i < assemblers.size(); i++) {
            polled += subscriptions.get(i).poll(assemblers.get(i), FRAGMENTS_PER_POLL);
        }
        return polled;
    }

    @Override
    public void await(int inVain) {
        if (inVain == 1) {
            idle.reset();
        }
        idle.idle();
    }

    @Override
    public void close() {
        driver.close();
    }
}
