package org.privatus.node.link.core;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/// An index by numbers of 64 bits. The map behind it is made for the first entry: the links of most nodes have none of most kinds.
final class ById<V> {
    private static final long[] NONE = {};

    private @Nullable Long2ObjectHashMap<V> map;

    @Nullable
    V get(long id) {
        return map == null ? null : map.get(id);
    }

    boolean containsKey(long id) {
        return map != null && map.containsKey(id);
    }

    void put(long id, V value) {
        if (map == null) {
            map = new Long2ObjectHashMap<>();
        }
        map.put(id, value);
    }

    @Nullable
    V remove(long id) {
        return map == null ? null : map.remove(id);
    }

    /// Removes this very entry; false if there is another or none.
    boolean remove(long id, V value) {
        return map != null && map.remove(id, value);
    }

    int size() {
        return map == null ? 0 : map.size();
    }

    /// All ids in ascending order.
    long[] ids() {
        if (map == null) {
            return NONE;
        }
        long[] ids = map.keySet().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(ids);
        return ids;
    }
}
