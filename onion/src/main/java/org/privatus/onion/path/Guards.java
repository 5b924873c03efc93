package org.privatus.onion.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.path.RelayPool.Entry;

/// A few first hops that stay: whoever runs relays sees this node's circuits begin with a probability that is drawn once,
/// not anew for every circuit. A guard is replaced when it failed three times in a row.
final class Guards {
    private static final int FAILURES_TO_REPLACE = 3;

    private final int wanted;
    private final List<NodeId> chosen = new ArrayList<>();
    private final TreeMap<NodeId, Integer> failures = new TreeMap<>();

    Guards(int wanted) {
        this.wanted = wanted;
    }

    List<NodeId> ids() {
        return List.copyOf(chosen);
    }

    void restore(List<NodeId> kept) {
        chosen.clear();
        kept.stream().distinct().limit(wanted).forEach(chosen::add);
    }

    void failed(NodeId guard) {
        if (chosen.contains(guard) && failures.merge(guard, 1, Integer::sum) >= FAILURES_TO_REPLACE) {
            chosen.remove(guard);
            failures.remove(guard);
        }
    }

    void worked(NodeId guard) {
        failures.remove(guard);
    }

    void lost(NodeId guard) {
        chosen.remove(guard);
        failures.remove(guard);
    }

    /// Chooses new guards where some are missing, of different address groups and families.
    void fill(RelayPool pool, List<Entry> from, BiPredicate<Entry, Entry> conflict, RandomGenerator behaviour) {
        if (chosen.stream().noneMatch(guard -> pool.find(guard).isPresent())) {
            chosen.clear();
        }
        while (chosen.size() < wanted) {
            List<Entry> present =
                    from.stream().filter(entry -> chosen.contains(entry.id())).toList();
            List<Entry> candidates = from.stream()
                    .filter(entry -> !chosen.contains(entry.id()))
                    .filter(entry -> present.stream().noneMatch(other -> conflict.test(entry, other)))
                    .toList();
            Optional<Entry> drawn = PathSelector.weighted(candidates, behaviour);
            if (drawn.isEmpty()) {
                return;
            }
            chosen.add(drawn.get().id());
        }
    }

    /// The guard to begin a path with, if one can be had.
    Optional<Entry> choose(List<Entry> from, RandomGenerator behaviour) {
        return PathSelector.weighted(
                from.stream().filter(entry -> chosen.contains(entry.id())).toList(), behaviour);
    }
}
