package org.privatus.simulation.results.statistics;

import java.util.Arrays;

/// A value with an interval that should hold the true one.
///
/// @param confidence that the method promises, 0 to 1; NaN where there is no interval
/// @param n how many observations it rests on
public record Estimate(double value, double low, double high, double confidence, long n) {
    /// What intervals aim at.
    public static final double USUAL = 0.95;

    /// The mean of independent observations, with Student's interval; without an interval for fewer than two.
    public static Estimate ofMean(double[] observations) {
        double mean = Arrays.stream(observations).average().orElse(Double.NaN);
        return ofMean(mean, deviation(observations), observations.length);
    }

    /// The same from what was summed up.
    public static Estimate ofMean(double mean, double deviation, long n) {
        if (n < 2) {
            return single(mean, n);
        }
        double half = StudentT.critical(USUAL, n - 1.0) * deviation / StrictMath.sqrt((double) n);
        return new Estimate(mean, mean - half, mean + half, USUAL, n);
    }

    /// The median of independent observations, with the interval between two of them that binomial counts promise. Below six
    /// observations not even the whole range reaches 95 %: then it is the range, with the confidence that it has.
    public static Estimate ofMedian(double[] observations) {
        int n = observations.length;
        double[] sorted = observations.clone();
        Arrays.sort(sorted);
        if (n < 2) {
            return single(n == 0 ? Double.NaN : sorted[0], n);
        }
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        int rank = 1;
        while (2 * (rank + 1) <= n && coverage(n, rank + 1) >= USUAL) {
            rank++;
        }
        return new Estimate(median, sorted[rank - 1], sorted[n - rank], coverage(n, rank), n);
    }

    /// The probability that the median lies between the r-th smallest and the r-th largest of n.
    private static double coverage(int n, int rank) {
        double tail = 0;
        for (int k = 0; k < rank; k++) {
            tail += StrictMath.exp(SpecialFunctions.logGamma(n + 1.0)
                    - SpecialFunctions.logGamma(k + 1.0)
                    - SpecialFunctions.logGamma(n - k + 1.0)
                    - n * StrictMath.log(2));
        }
        return 1 - 2 * tail;
    }

    private static Estimate single(double value, long n) {
        return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, n);
    }

    /// The sample's standard deviation (n − 1); 0 for fewer than two.
    public static double deviation(double[] observations) {
        int n = observations.length;
        if (n < 2) {
            return 0;
        }
        double mean = Arrays.stream(observations).average().orElseThrow();
        double squares =
                Arrays.stream(observations).map(x -> (x - mean) * (x - mean)).sum();
        return StrictMath.sqrt(squares / (n - 1));
    }

    public boolean hasInterval() {
        return !Double.isNaN(low);
    }
}
