package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An index by numbers of 64 bits, any of them: open addressing, linear probing, at most half full, without an object per entry. The arrays are made for
/// the first entry: the links of most nodes have none of most kinds. They do not shrink.
final class ById<V> {
    private static final long[] NONE = {};
    private static final int FIRST_CAPACITY = 8;

    /// Spreads numbers that were given in order (Fibonacci hashing).
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private long[] ids = NONE;

    /// Null where nothing is.
    private @Nullable Object[] values = {};

    private int size;

    @Nullable
    V get(long id) {
        int slot = find(id);
        return slot < 0 ? null : valueAt(slot);
    }

    boolean containsKey(long id) {
        return find(id) >= 0;
    }

    void put(long id, V value) {
        int slot = find(id);
        if (slot < 0) {
            if (2 * (size + 1) > ids.length) {
                grow();
            }
            slot = freeSlot(id);
            size++;
        }
        ids[slot] = id;
        values[slot] = value;
    }

    @Nullable
    V remove(long id) {
        int slot = find(id);
        if (slot < 0) {
            return null;
        }
        @Nullable V removed = valueAt(slot);
        clear(slot);
        return removed;
    }

    /// Removes this very entry; false if there is another or none.
    boolean remove(long id, V value) {
        int slot = find(id);
        if (slot < 0 || !value.equals(values[slot])) {
            return false;
        }
        clear(slot);
        return true;
    }

    int size() {
        return size;
    }

    /// All ids in ascending order.
    long[] ids() {
        long[] all = new long[size];
        int count = 0;
        for (int slot = 0; slot < ids.length; slot++) {
            if (values[slot] != null) {
                all[count++] = ids[slot];
            }
        }
        Arrays.sort(all);
        return all;
    }

    /// All values in ascending order of their ids.
    List<V> values() {
        var all = new ArrayList<V>(size);
        for (long id : ids()) {
            V value = get(id);
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }

    /// Takes all out.
    void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    /// Where an id is, -1 if nowhere.
    private int find(long id) {
        if (size == 0) {
            return -1;
        }
        int slot = firstSlot(id);
        while (values[slot] != null) {
            if (ids[slot] == id) {
                return slot;
            }
            slot = next(slot);
        }
        return -1;
    }

    private int freeSlot(long id) {
        int slot = firstSlot(id);
        while (values[slot] != null) {
            slot = next(slot);
        }
        return slot;
    }

    private int firstSlot(long id) {
        return (int) ((id * GOLDEN) >>> Integer.SIZE) & (ids.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (ids.length - 1);
    }

    @SuppressWarnings("unchecked") // only values are put there
    private @Nullable V valueAt(int slot) {
        return (V) values[slot];
    }

    private void grow() {
        long[] oldIds = ids;
        @Nullable Object[] oldValues = values;
        int capacity = Math.max(FIRST_CAPACITY, 2 * oldIds.length);
        ids = new long[capacity];
        values = new @Nullable Object[capacity];
        for (int old = 0; old < oldIds.length; old++) {
            if (oldValues[old] != null) {
                int slot = freeSlot(oldIds[old]);
                ids[slot] = oldIds[old];
                values[slot] = oldValues[old];
            }
        }
    }

    /// Empties a slot, and moves into it what was only put elsewhere because it was taken (Knuth, volume 3, algorithm 6.4 R).
    private void clear(int slot) {
        size--;
        int hole = slot;
        for (int at = next(hole); values[at] != null; at = next(at)) {
            int wanted = firstSlot(ids[at]);
            boolean mayStay = hole <= at ? hole < wanted && wanted <= at : hole < wanted || wanted <= at;
            if (!mayStay) {
                ids[hole] = ids[at];
                values[hole] = values[at];
                hole = at;
            }
        }
        values[hole] = null;
    }
}
