package org.privatus.node.link.core.recovery;

import java.util.Arrays;

/// Up to {@link #CAPACITY} ranges of packet numbers, highest first, disjoint and not adjacent. When there is no room the lowest range is
/// forgotten. Mutable, made to be reused.
public final class AckRanges {
    public static final int CAPACITY = 32;

    /// Where nothing is lost there are few: room for more is made when it is needed.
    private static final int FIRST_ROOM = 2;

    private long[] smallest = new long[FIRST_ROOM];
    private long[] largest = new long[FIRST_ROOM];
    private int count;

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /// The lowest number of range `i`; range 0 is the highest.
    public long smallest(int i) {
        return smallest[i];
    }

    /// The highest number of range `i`.
    public long largest(int i) {
        return largest[i];
    }

    /// The highest number of all. Only for non-empty ranges.
    public long largest() {
        return largest[0];
    }

    public void clear() {
        count = 0;
    }

    /// Puts a range below all others, as a decoder meets them. The caller has checked that it is below, with a gap, and that there is room.
    public void append(long low, long high) {
        makeRoom();
        smallest[count] = low;
        largest[count] = high;
        count++;
    }

    public boolean contains(long number) {
        for (int i = 0; i < count && number <= largest[i]; i++) {
            if (number >= smallest[i]) {
                return true;
            }
        }
        return false;
    }

    /// Adds one number; returns false if it was there already, or is below everything that is still remembered.
    public boolean add(long number) {
        int i = 0;
        while (i < count && number < smallest[i] - 1) {
            i++;
        }
        if (i == count) {
            return insert(i, number);
        }
        if (number > largest[i] + 1) {
            return insert(i, number);
        }
        if (number == largest[i] + 1) {
            largest[i] = number;
            return true;
        }
        if (number >= smallest[i]) {
            return false;
        }
        smallest[i] = number;
        joinWithNext(i);
        return true;
    }

    private boolean insert(int at, long number) {
        if (at == CAPACITY) {
            return false;
        }
        makeRoom();
        int moved = Math.min(count, CAPACITY - 1) - at;
        System.arraycopy(smallest, at, smallest, at + 1, moved);
        System.arraycopy(largest, at, largest, at + 1, moved);
        smallest[at] = number;
        largest[at] = number;
        count = Math.min(count + 1, CAPACITY);
        return true;
    }

    /// For one more, while there may be more.
    private void makeRoom() {
        if (count == smallest.length && count < CAPACITY) {
            smallest = Arrays.copyOf(smallest, 2 * count);
            largest = Arrays.copyOf(largest, 2 * count);
        }
    }

    private void joinWithNext(int i) {
        if (i + 1 < count && largest[i + 1] + 1 == smallest[i]) {
            smallest[i] = smallest[i + 1];
            System.arraycopy(smallest, i + 2, smallest, i + 1, count - i - 2);
            System.arraycopy(largest, i + 2, largest, i + 1, count - i - 2);
            count--;
        }
    }
}
