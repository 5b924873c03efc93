package org.privatus.dht;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/// Deadlines inside the core, armed by need: fired in the order of their time, equal ones in the order they were armed.
final class Timers {
    private static final int SWEEP_FROM = 64;
    private static final Comparator<Timer> ORDER =
            Comparator.<Timer>comparingLong(timer -> timer.atNanos).thenComparingLong(timer -> timer.order);

    private final PriorityQueue<Timer> queue = new PriorityQueue<>(ORDER);
    private long armed;
    private int cancelled;

    /// One armed deadline.
    final class Timer {
        private final long atNanos;
        private final long order;
        private final LongConsumer action;
        private boolean over;

        private Timer(long atNanos, long order, LongConsumer action) {
            this.atNanos = atNanos;
            this.order = order;
            this.action = action;
        }

        /// Useless after it fired, and harmless.
        void cancel() {
            if (!over) {
                over = true;
                cancelled++;
                sweep();
            }
        }
    }

    /// @param action gets the time at which it runs
    Timer at(long nanos, LongConsumer action) {
        var timer = new Timer(nanos, armed++, action);
        queue.add(timer);
        return timer;
    }

    /// `Long.MAX_VALUE` if nothing is armed.
    long nextNanos() {
        dropCancelled();
        Timer first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.atNanos;
    }

    /// Runs what is due. What an action arms for now or earlier waits for the next call, so this ends.
    void fire(long now) {
        long last = armed;
        while (true) {
            dropCancelled();
            Timer first = queue.peek();
            if (first == null || first.atNanos > now || first.order >= last) {
                return;
            }
            queue.remove();
            first.over = true;
            first.action.accept(now);
        }
    }

    private void dropCancelled() {
        for (Timer first = queue.peek(); first != null && first.over; first = queue.peek()) {
            queue.remove();
            cancelled--;
        }
    }

    /// Cancelled timers leave when their time comes, or here when they are most of the queue.
    private void sweep() {
        if (cancelled >= SWEEP_FROM && cancelled > queue.size() / 2) {
            queue.removeIf(timer -> timer.over);
            cancelled = 0;
        }
    }
}
