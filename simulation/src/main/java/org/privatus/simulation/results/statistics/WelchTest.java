package org.privatus.simulation.results.statistics;

/// Welch's t-test: do two groups of independent observations have different means?
///
/// @param p probability of a difference at least as large if the means are equal
/// @param effect Hedges' g: the difference in pooled standard deviations, B − A
public record WelchTest(double p, double effect) {
    /// Both groups need at least two observations.
    public static WelchTest of(double[] a, double[] b) {
        if (a.length < 2 || b.length < 2) {
            throw new IllegalArgumentException("each group needs two observations");
        }
        double difference = Estimate.ofMean(b).value() - Estimate.ofMean(a).value();
        double varianceA = square(Estimate.deviation(a));
        double varianceB = square(Estimate.deviation(b));
        double errorA = varianceA / a.length;
        double errorB = varianceB / b.length;
        if (errorA + errorB == 0) {
            return new WelchTest(difference == 0 ? 1 : 0, difference == 0 ? 0 : StrictMath.copySign(1e9, difference));
        }
        double t = difference / StrictMath.sqrt(errorA + errorB);
        double freedom = square(errorA + errorB) / (square(errorA) / (a.length - 1) + square(errorB) / (b.length - 1));
        return new WelchTest(
                StudentT.twoSided(t, freedom), hedges(difference, varianceA, varianceB, a.length, b.length));
    }

    private static double hedges(double difference, double varianceA, double varianceB, int sizeA, int sizeB) {
        int freedom = sizeA + sizeB - 2;
        double pooled = StrictMath.sqrt(((sizeA - 1) * varianceA + (sizeB - 1) * varianceB) / freedom);
        return difference / pooled * (1 - 3.0 / (4.0 * freedom - 1));
    }

    private static double square(double x) {
        return x * x;
    }
}
