package org.privatus.simulation.random;

/// The standard normal distribution, with the same bits on every machine.
public final class NormalDistribution {
    private static final double LOG_SQRT_2_PI = 0.9189385332046728;
    private static final double FAR = 8;

    private static final double LOW = 0.02425;
    private static final double[] A = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] B = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] C = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] D = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };

    private NormalDistribution() {}

    /// The inverse of [#cumulative] (Acklam's rational approximation, relative error below 1.2e-9).
    ///
    /// @param probability above 0 and below 1
    public static double quantile(double probability) {
        if (probability < LOW) {
            double q = StrictMath.sqrt(-2 * StrictMath.log(probability));
            return polynomial(C, q) / polynomial(D, q);
        }
        if (probability > 1 - LOW) {
            return -quantile(1 - probability);
        }
        double q = probability - 0.5;
        double r = q * q;
        return polynomial(A, r) * q / polynomial(B, r);
    }

    /// The share below `x` (Marsaglia's series, 2004; absolute error below 1e-15).
    public static double cumulative(double x) {
        if (Math.abs(x) > FAR) {
            return x < 0 ? 0 : 1;
        }
        double square = x * x;
        double term = x;
        double sum = x;
        double before = 0;
        for (int i = 3; sum != before; i += 2) {
            before = sum;
            term *= square / i;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-0.5 * square - LOG_SQRT_2_PI);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
