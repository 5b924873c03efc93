package org.privatus.simulation.scenario;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// A distribution in milliseconds.
public record Percentiles(long count, double p50, double p90, double p99, double max) {
    private static final double MICROS_PER_MILLI = 1000;

    static Percentiles ofMicros(Histogram histogram) {
        return new Percentiles(
                histogram.getTotalCount(), at(histogram, 50), at(histogram, 90), at(histogram, 99), at(histogram, 100));
    }

    private static double at(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /// One line for a person.
    @Override
    public String toString() {
        return count == 0
                ? "none"
                : String.format(Locale.ROOT, "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms", p50, p90, p99, max);
    }
}
