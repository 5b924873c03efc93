package org.privatus.dht;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Deadlines inside the core, armed by need: fired in the order of their time, equal ones in the order they were armed.
///
/// A binary heap whose deadlines lie in an array of their own, so that ordering them reads no timer but those of one time. Each request of a lookup
/// arms one and nearly each cancels it: a cancelled one only loses its owner, and leaves when its time comes, or when such ones are most of the heap.
final class Timers {
    private static final int SWEEP_FROM = 64;
    private static final int FIRST_CAPACITY = 4;
    private static final long[] NO_DEADLINES = {};
    private static final Timer[] NO_TIMERS = {};

    private long[] deadlines = NO_DEADLINES;
    private @Nullable Timer[] heap = NO_TIMERS;
    private int size;
    private long armed;
    private int cancelled;

    /// Something to be done at a time. It may be armed again when it has fired, but not once it was cancelled.
    abstract static class Timer {
        private long order;
        private @Nullable Timers owner;

        abstract void fire(long now);

        /// Useless unless it is armed, and harmless.
        final void cancel() {
            Timers armedIn = owner;
            if (armedIn != null) {
                owner = null;
                armedIn.cancelled++;
                armedIn.sweep();
            }
        }
    }

    private static final class Action extends Timer {
        private final LongConsumer action;

        private Action(LongConsumer action) {
            this.action = action;
        }

        @Override
        void fire(long now) {
            action.accept(now);
        }
    }

    /// @param action gets the time at which it runs
    Timer at(long nanos, LongConsumer action) {
        var timer = new Action(action);
        arm(nanos, timer);
        return timer;
    }

    void arm(long nanos, Timer timer) {
        if (timer.owner != null) {
            throw new IllegalStateException("armed twice");
        }
        timer.owner = this;
        timer.order = armed++;
        if (size == heap.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * size);
            deadlines = Arrays.copyOf(deadlines, capacity);
            heap = Arrays.copyOf(heap, capacity);
        }
        siftUp(size++, nanos, timer);
    }

    /// `Long.MAX_VALUE` if nothing is armed.
    long nextNanos() {
        dropCancelled();
        return size == 0 ? Long.MAX_VALUE : deadlines[0];
    }

    /// Runs what is due. What an action arms for now or earlier waits for the next call, so this ends.
    void fire(long now) {
        long last = armed;
        while (true) {
            dropCancelled();
            if (size == 0 || deadlines[0] > now || timer(0).order >= last) {
                return;
            }
            Timer first = timer(0);
            removeFirst();
            first.owner = null;
            first.fire(now);
        }
    }

    private void dropCancelled() {
        while (size > 0 && timer(0).owner == null) {
            removeFirst();
            cancelled--;
        }
    }

    private void sweep() {
        if (cancelled < SWEEP_FROM || cancelled <= size / 2) {
            return;
        }
        int kept = 0;
        for (int at = 0; at < size; at++) {
            if (timer(at).owner != null) {
                deadlines[kept] = deadlines[at];
                heap[kept++] = heap[at];
            }
        }
        Arrays.fill(heap, kept, size, null);
        size = kept;
        cancelled = 0;
        for (int at = size / 2 - 1; at >= 0; at--) {
            siftDown(at, deadlines[at], timer(at));
        }
    }

    private void removeFirst() {
        size--;
        long nanos = deadlines[size];
        Timer last = timer(size);
        heap[size] = null;
        if (size > 0) {
            siftDown(0, nanos, last);
        }
    }

    private Timer timer(int at) {
        Timer timer = heap[at];
        if (timer == null) {
            throw new IndexOutOfBoundsException(at);
        }
        return timer;
    }

    private void siftUp(int from, long nanos, Timer timer) {
        int at = from;
        while (at > 0 && isBefore(nanos, timer, (at - 1) / 2)) {
            int parent = (at - 1) / 2;
            put(at, deadlines[parent], timer(parent));
            at = parent;
        }
        put(at, nanos, timer);
    }

    private void siftDown(int from, long nanos, Timer timer) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(deadlines[child + 1], timer(child + 1), child)) {
                child++;
            }
            if (isBefore(nanos, timer, child)) {
                break;
            }
            put(at, deadlines[child], timer(child));
            at = child;
        }
        put(at, nanos, timer);
    }

    private boolean isBefore(long nanos, Timer timer, int other) {
        return nanos == deadlines[other] ? timer.order < timer(other).order : nanos < deadlines[other];
    }

    private void put(int at, long nanos, Timer timer) {
        deadlines[at] = nanos;
        heap[at] = timer;
    }
}
