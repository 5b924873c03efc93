package org.privatus.node.link.core.recovery;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the packets in flight carry, in the order in which they were sent: a ring. Places in it are counted from 0 and wrap around; parallel arrays, so
/// that a frame costs no object.
///
/// @param <C> whatever a frame is about
final class SentFrames<C> {
    private static final int INITIAL_CAPACITY = 2;

    private @Nullable Object[] subjects = new @Nullable Object[INITIAL_CAPACITY];
    private long[] firsts = new long[INITIAL_CAPACITY];
    private int[] kinds = new int[INITIAL_CAPACITY];
    private int[] counts = new int[INITIAL_CAPACITY];
    private int first;
    private int end;

    /// The place of the next frame.
    int end() {
        return end;
    }

    void add(int kind, C subject, long from, int count) {
        if (end - first == kinds.length) {
            grow();
        }
        int slot = slot(end);
        kinds[slot] = kind;
        subjects[slot] = subject;
        firsts[slot] = from;
        counts[slot] = count;
        end++;
    }

    int kind(int place) {
        return kinds[slot(place)];
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    C subject(int place) {
        return (C) subjects[slot(place)];
    }

    long from(int place) {
        return firsts[slot(place)];
    }

    int count(int place) {
        return counts[slot(place)];
    }

    /// Forgets all frames before a place.
    void removeUpTo(int place) {
        while (first != place) {
            subjects[slot(first)] = null;
            first++;
        }
    }

    private void grow() {
        int old = kinds.length;
        @Nullable Object[] narrow = subjects;
        subjects = new @Nullable Object[2 * old];
        firsts = Arrays.copyOf(firsts, 2 * old);
        kinds = Arrays.copyOf(kinds, 2 * old);
        counts = Arrays.copyOf(counts, 2 * old);
        for (int place = first; place != end; place++) {
            int from = place & (old - 1);
            int to = slot(place);
            subjects[to] = narrow[from];
            firsts[to] = firsts[from];
            kinds[to] = kinds[from];
            counts[to] = counts[from];
        }
    }

    private int slot(int place) {
        return place & (kinds.length - 1);
    }
}
