package org.privatus.simulation.scenario;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.privatus.simulation.random.Mix;

/// Some of the nodes of a run. Which, follows from the run's seed and a name alone, so that every shard picks the same without asking.
public sealed interface Selection {
    /// The nodes, picked from those that may be.
    ///
    /// @param purpose tells selections of one run apart
    /// @param eligible those that may be picked
    BitSet pick(long seed, String purpose, BitSet eligible);

    /// These and no others.
    record Listed(List<Integer> nodes) implements Selection {
        public Listed {
            nodes = List.copyOf(nodes);
        }

        @Override
        public BitSet pick(long seed, String purpose, BitSet eligible) {
            var picked = new BitSet();
            nodes.forEach(picked::set);
            return picked;
        }
    }

    /// This many, by lot; all that may be picked if there are fewer.
    record Count(int count) implements Selection {
        @Override
        public BitSet pick(long seed, String purpose, BitSet eligible) {
            var lots = new ArrayList<Lot>(eligible.cardinality());
            long key = Mix.of(seed, Mix.of(purpose));
            eligible.stream().forEach(node -> lots.add(new Lot(node, Mix.of(key, node))));
            lots.sort(Comparator.comparingLong(Lot::drawn).thenComparingInt(Lot::node));
            var picked = new BitSet();
            lots.stream().limit(count).forEach(lot -> picked.set(lot.node()));
            return picked;
        }

        private record Lot(int node, long drawn) {}
    }

    /// Each with this probability, 0–1.
    record Share(double share) implements Selection {
        @Override
        public BitSet pick(long seed, String purpose, BitSet eligible) {
            long key = Mix.of(seed, Mix.of(purpose));
            var picked = new BitSet();
            eligible.stream()
                    .filter(node -> Mix.uniform(Mix.of(key, node)) < share)
                    .forEach(picked::set);
            return picked;
        }
    }

    /// All of `0 … nodes - 1`.
    static BitSet all(int nodes) {
        var all = new BitSet(nodes);
        IntStream.range(0, nodes).forEach(all::set);
        return all;
    }
}
