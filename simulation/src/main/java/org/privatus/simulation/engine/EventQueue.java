package org.privatus.simulation.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pending events in exact order, cheap with a million of them: a heap holds only the current tick (2²⁰ ns, about a
/// millisecond), buckets of one tick the rest of the current block of 4,096 ticks, buckets of one block the rest of the current
/// 4,096 blocks (about five hours), and one bucket everything later. Buckets are unordered lists, so adding and cancelling are
/// O(1); a bucket is ordered when its tick comes.
final class EventQueue {
    private static final int TICK_BITS = 20;
    private static final int SLOT_BITS = 12;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int SLOT_MASK = SLOTS - 1;

    private final Runnable ownerCheck;
    private final Wheel ticks = new Wheel();
    private final Wheel blocks = new Wheel();
    private final Bucket later = new Bucket();

    private @Nullable Event[] heap = new @Nullable Event[64];
    private int heapSize;
    private long currentTick;
    private int size;

    /// @param ownerCheck throws when a foreign thread calls
    EventQueue(Runnable ownerCheck) {
        this.ownerCheck = ownerCheck;
    }

    void checkOwner() {
        ownerCheck.run();
    }

    /// Events that are pending, cancelled ones not counted.
    int size() {
        return size;
    }

    void add(Event event) {
        size++;
        place(event);
    }

    /// The earliest pending event, left in place; null when there is none.
    @Nullable
    Event peek() {
        while (true) {
            while (heapSize > 0) {
                Event first = at(0);
                if (first.isPending()) {
                    return first;
                }
                removeFirst();
            }
            if (!advance()) {
                return null;
            }
        }
    }

    /// Removes what [#peek()] just returned.
    void removePeeked() {
        removeFirst();
        size--;
    }

    void cancelled(Event event) {
        size--;
        Bucket bucket = event.bucket;
        if (bucket != null) {
            bucket.remove(event);
        }
    }

    /// Shows all that are pending, in no order.
    void forEach(Consumer<Event> visitor) {
        for (int i = 0; i < heapSize; i++) {
            if (at(i).isPending()) {
                visitor.accept(at(i));
            }
        }
        ticks.forEach(visitor);
        blocks.forEach(visitor);
        later.forEach(visitor);
    }

    private void place(Event event) {
        long tick = event.timeNanos >>> TICK_BITS;
        if (tick <= currentTick) {
            push(event);
        } else if (tick >>> SLOT_BITS == currentTick >>> SLOT_BITS) {
            ticks.add((int) tick & SLOT_MASK, event);
        } else if (tick >>> (2 * SLOT_BITS) == currentTick >>> (2 * SLOT_BITS)) {
            blocks.add((int) (tick >>> SLOT_BITS) & SLOT_MASK, event);
        } else {
            later.add(event);
        }
    }

    /// Moves to the next tick that has events; the heap is empty before.
    private boolean advance() {
        int slot = ticks.nextAfter((int) currentTick & SLOT_MASK);
        if (slot >= 0) {
            currentTick = (currentTick & ~(long) SLOT_MASK) | slot;
            replaceAll(ticks.clear(slot));
            return true;
        }
        int block = blocks.nextAfter((int) (currentTick >>> SLOT_BITS) & SLOT_MASK);
        if (block >= 0) {
            long higher = currentTick >>> (2 * SLOT_BITS) << SLOT_BITS;
            currentTick = (higher | block) << SLOT_BITS;
            replaceAll(blocks.clear(block));
            return true;
        }
        if (later.first == null) {
            return false;
        }
        currentTick = later.earliest() >>> TICK_BITS;
        replaceAll(later.clear());
        return true;
    }

    private void replaceAll(@Nullable Event first) {
        Event event = first;
        while (event != null) {
            Event next = event.next;
            event.next = null;
            event.previous = null;
            event.bucket = null;
            place(event);
            event = next;
        }
    }

    private Event at(int index) {
        Event event = heap[index];
        if (event == null) {
            throw new IllegalStateException("hole in the heap at " + index);
        }
        return event;
    }

    private void push(Event event) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heapSize);
        }
        int hole = heapSize++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            Event above = at(parent);
            if (above.isBefore(event)) {
                break;
            }
            heap[hole] = above;
            hole = parent;
        }
        heap[hole] = event;
    }

    private void removeFirst() {
        Event last = at(--heapSize);
        heap[heapSize] = null;
        if (heapSize == 0) {
            return;
        }
        int hole = 0;
        while (2 * hole + 1 < heapSize) {
            int child = 2 * hole + 1;
            if (child + 1 < heapSize && at(child + 1).isBefore(at(child))) {
                child++;
            }
            Event below = at(child);
            if (last.isBefore(below)) {
                break;
            }
            heap[hole] = below;
            hole = child;
        }
        heap[hole] = last;
    }

    /// 4,096 buckets and a bit for each that is not empty.
    private static final class Wheel {
        private final @Nullable Bucket[] buckets = new @Nullable Bucket[SLOTS];
        private final long[] occupied = new long[SLOTS / Long.SIZE];

        void add(int slot, Event event) {
            Bucket bucket = buckets[slot];
            if (bucket == null) {
                bucket = new Bucket();
                buckets[slot] = bucket;
            }
            bucket.add(event);
            occupied[slot >> 6] |= 1L << slot;
        }

        /// The first slot after `slot` that may hold events, or -1. Cancelling leaves the bit, so the bucket may be empty.
        int nextAfter(int slot) {
            int from = slot + 1;
            for (int word = from >> 6; word < occupied.length; word++) {
                long bits = occupied[word] & (word == from >> 6 ? -1L << from : -1L);
                if (bits != 0) {
                    return (word << 6) + Long.numberOfTrailingZeros(bits);
                }
            }
            return -1;
        }

        void forEach(Consumer<Event> visitor) {
            for (Bucket bucket : buckets) {
                if (bucket != null) {
                    bucket.forEach(visitor);
                }
            }
        }

        @Nullable
        Event clear(int slot) {
            occupied[slot >> 6] &= ~(1L << slot);
            Bucket bucket = buckets[slot];
            return bucket == null ? null : bucket.clear();
        }
    }

    /// A doubly linked list through the events themselves.
    static final class Bucket {
        private @Nullable Event first;

        void add(Event event) {
            event.bucket = this;
            event.next = first;
            if (first != null) {
                first.previous = event;
            }
            first = event;
        }

        void remove(Event event) {
            Event before = event.previous;
            Event after = event.next;
            if (before == null) {
                first = after;
            } else {
                before.next = after;
            }
            if (after != null) {
                after.previous = before;
            }
            event.previous = null;
            event.next = null;
            event.bucket = null;
        }

        long earliest() {
            long earliest = Long.MAX_VALUE;
            for (Event event = first; event != null; event = event.next) {
                earliest = Math.min(earliest, event.timeNanos);
            }
            return earliest;
        }

        void forEach(Consumer<Event> visitor) {
            for (Event event = first; event != null; event = event.next) {
                visitor.accept(event);
            }
        }

        @Nullable
        Event clear() {
            Event taken = first;
            first = null;
            return taken;
        }
    }
}
