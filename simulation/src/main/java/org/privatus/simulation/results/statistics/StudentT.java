package org.privatus.simulation.results.statistics;

/// Student's t distribution.
public final class StudentT {
    private static final int BISECTIONS = 200;
    private static final double HIGHEST = 1e8;

    private StudentT() {}

    /// P(|T| ≥ |t|) with `freedom` degrees, which need not be whole.
    public static double twoSided(double t, double freedom) {
        return SpecialFunctions.incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
    }

    /// The t that |T| exceeds with probability `1 - confidence`.
    public static double critical(double confidence, double freedom) {
        double low = 0;
        double high = HIGHEST;
        for (int i = 0; i < BISECTIONS && high - low > 1e-12 * high; i++) {
            double middle = low < 1 || high < 4 ? (low + high) / 2 : StrictMath.sqrt(low * high);
            if (twoSided(middle, freedom) > 1 - confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
