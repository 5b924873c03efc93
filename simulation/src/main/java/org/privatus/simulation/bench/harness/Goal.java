package org.privatus.simulation.bench.harness;

/// What a figure is to reach.
public sealed interface Goal {
    boolean isReachedBy(double value);

    /// As in a table: `≥ 300`.
    String text();

    /// The key of the bound in JSON.
    String key();

    double bound();

    record AtLeast(double bound) implements Goal {
        @Override
        public boolean isReachedBy(double value) {
            return value >= bound;
        }

        @Override
        public String text() {
            return "≥ " + Decimals.shortest(bound);
        }

        @Override
        public String key() {
            return "atLeast";
        }
    }

    record AtMost(double bound) implements Goal {
        @Override
        public boolean isReachedBy(double value) {
            return value <= bound;
        }

        @Override
        public String text() {
            return "≤ " + Decimals.shortest(bound);
        }

        @Override
        public String key() {
            return "atMost";
        }
    }
}
