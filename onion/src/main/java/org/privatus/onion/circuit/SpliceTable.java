package org.privatus.onion.circuit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The own ends of splices, by the number under which the surroundings know them.
final class SpliceTable {
    private final TreeMap<Long, Splice> splices = new TreeMap<>();
    private long last;

    long next() {
        return ++last;
    }

    void put(long id, Splice splice) {
        splices.put(id, splice);
    }

    /// Whether it was there.
    boolean remove(long id) {
        return splices.remove(id) != null;
    }

    Optional<Splice> find(long id) {
        return Optional.ofNullable(splices.get(id));
    }

    Collection<Splice> all() {
        return List.copyOf(splices.values());
    }
}
