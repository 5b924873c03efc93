package org.privatus.dht.lookup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeId;

/// Candidates in the order of their distance to the target, nearest first.
///
/// Beside each stands the first word of its distance, so that a search reads one array and no candidate but those that it must tell apart.
final class Candidates {
    private static final int CAPACITY = 32;

    private final NodeId target;
    private long[] distances = new long[CAPACITY];
    private @Nullable Candidate[] sorted = new @Nullable Candidate[CAPACITY];
    private int size;

    Candidates(NodeId target) {
        this.target = target;
    }

    int size() {
        return size;
    }

    Candidate get(int at) {
        Candidate candidate = at < size ? sorted[at] : null;
        if (candidate == null) {
            throw new IndexOutOfBoundsException(at);
        }
        return candidate;
    }

    /// Adds one that is not there yet.
    void add(Candidate candidate) {
        int at = -indexOf(candidate.id()) - 1;
        if (at < 0) {
            throw new IllegalStateException("twice: " + candidate.id());
        }
        if (size == sorted.length) {
            distances = Arrays.copyOf(distances, 2 * size);
            sorted = Arrays.copyOf(sorted, 2 * size);
        }
        System.arraycopy(distances, at, distances, at + 1, size - at);
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        distances[at] = firstWord(candidate.id());
        sorted[at] = candidate;
        size++;
    }

    void remove(int at) {
        size--;
        System.arraycopy(distances, at + 1, distances, at, size - at);
        System.arraycopy(sorted, at + 1, sorted, at, size - at);
        sorted[size] = null;
    }

    /// Binary search by distance: the index, or `-(insertion point) - 1`.
    int indexOf(NodeId id) {
        long distance = firstWord(id);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(distances[middle], distance);
            if (order == 0) {
                order = target.compareDistance(get(middle).id(), id);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private long firstWord(NodeId id) {
        return target.word(0) ^ id.word(0);
    }
}
