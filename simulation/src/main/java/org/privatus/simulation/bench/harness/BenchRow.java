package org.privatus.simulation.bench.harness;

import java.util.Optional;

/// One figure of a bench.
///
/// @param key for programs; it stays as it is
/// @param label for people
/// @param other what another program came to in the same workload on the same machine
public record BenchRow(
        String key, String label, String unit, Spread spread, Optional<Goal> goal, Optional<Spread> other) {
    public static BenchRow of(String key, String label, String unit, Spread spread) {
        return new BenchRow(key, label, unit, spread, Optional.empty(), Optional.empty());
    }

    public BenchRow atLeast(double bound) {
        return new BenchRow(key, label, unit, spread, Optional.of(new Goal.AtLeast(bound)), other);
    }

    public BenchRow atMost(double bound) {
        return new BenchRow(key, label, unit, spread, Optional.of(new Goal.AtMost(bound)), other);
    }

    public BenchRow beside(Optional<Spread> measured) {
        return new BenchRow(key, label, unit, spread, goal, measured);
    }

    /// Judged by the median; empty where there is no target.
    public Optional<Boolean> reached() {
        return goal.map(each -> each.isReachedBy(spread.median()));
    }
}
