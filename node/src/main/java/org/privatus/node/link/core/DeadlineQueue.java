package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The deadlines of all links in one binary heap; moving one costs O(log n). Ties are resolved in order of entry, so that runs repeat.
final class DeadlineQueue {
    private final List<Timed> heap = new ArrayList<>();
    private long entries;

    /// The earliest deadline, {@link Timed#NEVER} if there is none.
    long earliest() {
        return heap.isEmpty() ? Timed.NEVER : heap.getFirst().queuedDeadline;
    }

    /// Takes out whoever is due first.
    Optional<Timed> pollDue(long now) {
        if (earliest() > now) {
            return Optional.empty();
        }
        Timed due = heap.getFirst();
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
        if (timed.heapIndex < 0) {
            timed.heapIndex = heap.size();
            timed.queuedOrder = entries++;
            heap.add(timed);
        } else if (timed.queuedDeadline == deadline) {
            return;
        }
        timed.queuedDeadline = deadline;
        siftDown(siftUp(timed.heapIndex));
    }

    void remove(Timed timed) {
        int index = timed.heapIndex;
        if (index < 0) {
            return;
        }
        Timed last = heap.removeLast();
        if (index < heap.size()) {
            place(last, index);
            siftDown(siftUp(index));
        }
        timed.heapIndex = -1;
    }

    private int siftUp(int from) {
        int index = from;
        Timed moving = heap.get(index);
        while (index > 0) {
            int parent = (index - 1) / 2;
            if (!isBefore(moving, heap.get(parent))) {
                break;
            }
            place(heap.get(parent), index);
            index = parent;
        }
        place(moving, index);
        return index;
    }

    private void siftDown(int from) {
        int index = from;
        Timed moving = heap.get(index);
        while (2 * index + 1 < heap.size()) {
            int child = 2 * index + 1;
            if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (!isBefore(heap.get(child), moving)) {
                break;
            }
            place(heap.get(child), index);
            index = child;
        }
        place(moving, index);
    }

    private void place(Timed timed, int index) {
        heap.set(index, timed);
        timed.heapIndex = index;
    }

    private static boolean isBefore(Timed a, Timed b) {
        return a.queuedDeadline != b.queuedDeadline
                ? a.queuedDeadline < b.queuedDeadline
                : a.queuedOrder < b.queuedOrder;
    }
}
