package org.privatus.simulation.bench.harness;

import java.util.Arrays;
import java.util.List;

/// A figure over several rounds.
///
/// @param samples one of each round, in their order
public record Spread(List<Double> samples) {
    public Spread {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a figure without a round");
        }
        samples = List.copyOf(samples);
    }

    /// The middle one, or the mean of the two in the middle.
    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return sorted()[0];
    }

    public double max() {
        return sorted()[samples.size() - 1];
    }

    private double[] sorted() {
        return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /// The smallest value that a share of all values does not exceed (nearest rank).
    ///
    /// @param share above 0, at most 1
    public static double quantile(long[] values, double share) {
        if (values.length == 0 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(share + " of " + values.length + " values");
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) StrictMath.ceil(share * sorted.length) - 1];
    }
}
