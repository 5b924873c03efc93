package org.privatus.simulation.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The figures of one bench in the order of its table: keys, words, units and targets, without values.
public final class Figures {
    private final List<Figure> figures = new ArrayList<>();

    private record Figure(String key, String label, String unit, UnaryOperator<BenchRow> target) {}

    /// One without a target.
    public Figures free(String key, String label, String unit) {
        figures.add(new Figure(key, label, unit, row -> row));
        return this;
    }

    public Figures atLeast(String key, String label, String unit, double bound) {
        figures.add(new Figure(key, label, unit, row -> row.atLeast(bound)));
        return this;
    }

    public Figures atMost(String key, String label, String unit, double bound) {
        figures.add(new Figure(key, label, unit, row -> row.atMost(bound)));
        return this;
    }

    /// Those that were measured.
    ///
    /// @param others what another program came to, under the same keys
    public List<BenchRow> rows(RowBook ours, Optional<RowBook> others) {
        var rows = new ArrayList<BenchRow>();
        for (Figure figure : figures) {
            Optional<Spread> other = others.flatMap(book -> book.spread(figure.key));
            ours.spread(figure.key)
                    .map(spread -> BenchRow.of(figure.key, figure.label, figure.unit, spread))
                    .map(figure.target)
                    .ifPresent(row -> rows.add(row.beside(other)));
        }
        return rows;
    }
}
