package org.privatus.node.link.core;

import java.util.ArrayDeque;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/// The channels of a link with cells to send, in the order of their turns, apart for each {@link TrafficClass}. A channel is in at most once.
final class CellQueues implements Shaper.Queues {
    /// Made for the first channel with cells.
    private @Nullable EnumMap<TrafficClass, ArrayDeque<Channel>> queues;

    private int waiting;

    boolean isEmpty() {
        return waiting == 0;
    }

    int size(TrafficClass traffic) {
        ArrayDeque<Channel> queue = queue(traffic);
        return queue == null ? 0 : queue.size();
    }

    @Override
    public boolean hasCells(TrafficClass traffic) {
        return size(traffic) > 0;
    }

    void add(Channel channel) {
        if (!channel.inCellQueue) {
            channel.inCellQueue = true;
            waiting++;
            queueFor(channel.traffic).addLast(channel);
        }
    }

    /// Whose turn it is; only where there is one.
    Channel take(TrafficClass traffic) {
        Channel channel = queueFor(traffic).removeFirst();
        channel.inCellQueue = false;
        waiting--;
        return channel;
    }

    void clear() {
        queues = null;
        waiting = 0;
    }

    private @Nullable ArrayDeque<Channel> queue(TrafficClass traffic) {
        return queues == null ? null : queues.get(traffic);
    }

    private ArrayDeque<Channel> queueFor(TrafficClass traffic) {
        EnumMap<TrafficClass, ArrayDeque<Channel>> all = queues == null ? new EnumMap<>(TrafficClass.class) : queues;
        queues = all;
        return all.computeIfAbsent(traffic, _ -> new ArrayDeque<>(2));
    }
}
