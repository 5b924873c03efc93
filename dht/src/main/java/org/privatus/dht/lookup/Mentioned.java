package org.privatus.dht.lookup;

/// Finds candidates by their {@link org.privatus.crypto.identity.Contact#nodeHash()}: four mentions of five are repetitions, and are known here without
/// hashing their ids again. Open addressing, at most half full; in each slot stands a hash beside a number, so that a search reads no contact but, as a
/// rule, the right one.
///
/// Whoever chooses keys so that they collide slows the one lookup that asks for them, which remembers a bounded number.
final class Mentioned {
    private static final int CAPACITY = 256;

    /// The end of a search.
    static final int NONE = -1;

    /// The spread hash above, the number and one below; 0 where there is none.
    private long[] slots = new long[CAPACITY];

    private int size;

    /// The slot of the first candidate with this hash; {@link #NONE} if there is none.
    int first(int nodeHash) {
        int hash = spread(nodeHash);
        return search(hash, hash);
    }

    /// The slot of another one with the hash of that in `slot`.
    int next(int slot) {
        return search(hash(slots[slot]), slot + 1);
    }

    private int search(int hash, int from) {
        int mask = slots.length - 1;
        int at = from & mask;
        while (slots[at] != 0) {
            if (hash(slots[at]) == hash) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return NONE;
    }

    int number(int slot) {
        return (int) slots[slot] - 1;
    }

    /// Adds a number that is not there.
    void put(int nodeHash, int number) {
        size++;
        if (2 * size > slots.length) {
            grow();
        }
        place((long) spread(nodeHash) << Integer.SIZE | (number + 1));
    }

    private void place(long entry) {
        int mask = slots.length - 1;
        int at = hash(entry) & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = entry;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long entry : old) {
            if (entry != 0) {
                place(entry);
            }
        }
    }

    /// Takes out a number that is there. Those behind it move up where they may (Knuth, 6.4, algorithm R).
    void remove(int nodeHash, int number) {
        int mask = slots.length - 1;
        int free = first(nodeHash);
        while (number(free) != number) {
            free = next(free);
        }
        slots[free] = 0;
        size--;
        for (int at = (free + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
            int home = hash(slots[at]) & mask;
            boolean mayMove = ((at - home) & mask) >= ((at - free) & mask);
            if (mayMove) {
                slots[free] = slots[at];
                slots[at] = 0;
                free = at;
            }
        }
    }

    private static int hash(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int spread(int nodeHash) {
        int hash = nodeHash * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
