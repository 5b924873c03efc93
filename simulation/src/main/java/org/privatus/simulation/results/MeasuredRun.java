package org.privatus.simulation.results;

import java.util.OptionalDouble;

/// One run as reports and comparisons see it.
public record MeasuredRun(RunInfo info, Measurements measurements) {
    public OptionalDouble figure(Figure which) {
        return which.of(info, measurements);
    }

    public Distribution distribution(Metric metric) {
        return measurements.distribution(metric);
    }
}
