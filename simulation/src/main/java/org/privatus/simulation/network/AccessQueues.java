package org.privatus.simulation.network;

import java.util.function.ToLongFunction;

/// One direction of the access links of a shard's nodes: first in, first out, drop-tail.
///
/// Per node it knows only when its link will be idle, from which follows what waits. Times are whole nanoseconds: that of a datagram
/// is rounded up, that of a full queue down, so no more than the stated bytes ever wait.
final class AccessQueues {
    /// The queue is full.
    static final long DROPPED = -1;

    private static final long BIT_NANOS = 8_000_000_000L;

    private final int first;
    private final Weights classes;
    private final long[] bitsPerSecond;
    private final long[] fullNanos;
    private final long[] idleAtNanos;
    private long passed;
    private long dropped;
    private long waitedNanos;
    private long longestNanos;

    private AccessQueues(
            AccessMix mix,
            long seed,
            int first,
            int nodes,
            ToLongFunction<AccessClass> rate,
            ToLongFunction<AccessClass> queueBytes) {
        this.first = first;
        this.classes = mix.dealt(seed);
        this.bitsPerSecond = mix.classes().stream().mapToLong(rate).toArray();
        this.fullNanos = mix.classes().stream()
                .mapToLong(kind -> queueBytes.applyAsLong(kind) * BIT_NANOS / rate.applyAsLong(kind))
                .toArray();
        this.idleAtNanos = new long[nodes];
    }

    static AccessQueues up(AccessMix mix, long seed, int first, int nodes) {
        return new AccessQueues(mix, seed, first, nodes, AccessClass::upBitsPerSecond, AccessClass::upQueueBytes);
    }

    static AccessQueues down(AccessMix mix, long seed, int first, int nodes) {
        return new AccessQueues(mix, seed, first, nodes, AccessClass::downBitsPerSecond, AccessClass::downQueueBytes);
    }

    /// Puts a datagram into a node's queue now.
    ///
    /// @return how long until its last bit is through, or [#DROPPED]
    long enter(int node, long nowNanos, int payloadBytes) {
        int kind = classes.of(node);
        long wait = Math.max(0, idleAtNanos[node - first] - nowNanos);
        long bits = (payloadBytes + AccessClass.HEADER_BYTES) * BIT_NANOS;
        long through = wait + Math.ceilDiv(bits, bitsPerSecond[kind]);
        if (through > fullNanos[kind]) {
            dropped++;
            return DROPPED;
        }
        idleAtNanos[node - first] = nowNanos + through;
        passed++;
        waitedNanos += wait;
        longestNanos = Math.max(longestNanos, wait);
        return through;
    }

    QueueStatistics statistics() {
        return new QueueStatistics(passed, dropped, waitedNanos, longestNanos);
    }
}
