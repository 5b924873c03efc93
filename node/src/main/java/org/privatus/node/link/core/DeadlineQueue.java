package org.privatus.node.link.core;

import java.util.Arrays;
import java.util.Optional;

/// The deadlines of all links in one binary heap; moving one costs O(log n). Ties are resolved in order of entry, so that runs repeat.
///
/// The deadlines stand beside whom they are of: finding a place looks at few of the objects. The arrays are made for the first entry and do not shrink.
final class DeadlineQueue {
    private static final int FIRST_CAPACITY = 4;

    private long[] deadlines = {};
    private Timed[] heap = {};
    private int size;
    private long entries;

    /// The earliest deadline, {@link Timed#NEVER} if there is none.
    long earliest() {
        return size == 0 ? Timed.NEVER : deadlines[0];
    }

    /// Takes out whoever is due first.
    Optional<Timed> pollDue(long now) {
        if (earliest() > now) {
            return Optional.empty();
        }
        Timed due = heap[0];
        remove(due);
        return Optional.of(due);
    }

    /// Puts `timed` where its deadline now belongs; without one it leaves the queue.
    void update(Timed timed) {
        long deadline = timed.deadlineNanos();
        if (deadline == Timed.NEVER) {
            remove(timed);
            return;
        }
        int index = timed.heapIndex;
        if (index < 0) {
            index = size++;
            growTo(size);
            timed.queuedOrder = entries++;
        } else if (deadlines[index] == deadline) {
            return;
        }
        settle(timed, deadline, index);
    }

    void remove(Timed timed) {
        int index = timed.heapIndex;
        if (index < 0) {
            return;
        }
        size--;
        Timed last = heap[size];
        if (index < size) {
            settle(last, deadlines[size], index);
        }
        timed.heapIndex = -1;
        clear(size);
    }

    @SuppressWarnings("NullAway") // behind the heap's end there is nobody
    private void clear(int index) {
        heap[index] = null;
    }

    private void growTo(int needed) {
        if (needed > heap.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * heap.length);
            heap = Arrays.copyOf(heap, capacity);
            deadlines = Arrays.copyOf(deadlines, capacity);
        }
    }

    /// Puts `timed` where it belongs; the place `from` is free.
    private void settle(Timed timed, long deadline, int from) {
        int index = from;
        while (index > 0 && isBefore(timed, deadline, (index - 1) / 2)) {
            move((index - 1) / 2, index);
            index = (index - 1) / 2;
        }
        int child = earlierChild(index);
        while (child >= 0 && !isBefore(timed, deadline, child)) {
            move(child, index);
            index = child;
            child = earlierChild(index);
        }
        place(timed, deadline, index);
    }

    /// -1 if there is none.
    private int earlierChild(int parent) {
        int left = 2 * parent + 1;
        if (left >= size) {
            return -1;
        }
        int right = left + 1;
        return right < size && isBefore(heap[right], deadlines[right], left) ? right : left;
    }

    private void move(int from, int to) {
        place(heap[from], deadlines[from], to);
    }

    private void place(Timed timed, long deadline, int index) {
        heap[index] = timed;
        deadlines[index] = deadline;
        timed.heapIndex = index;
    }

    private boolean isBefore(Timed timed, long deadline, int other) {
        return deadline != deadlines[other] ? deadline < deadlines[other] : timed.queuedOrder < heap[other].queuedOrder;
    }
}
