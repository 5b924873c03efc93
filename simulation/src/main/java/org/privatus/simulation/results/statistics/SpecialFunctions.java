package org.privatus.simulation.results.statistics;

/// Functions that distributions are made of, to about ten digits.
final class SpecialFunctions {
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };
    private static final double LANCZOS_G = 7;
    private static final int STEPS_MAX = 500;
    private static final double PRECISION = 1e-15;
    private static final double TINY = 1e-300;

    private SpecialFunctions() {}

    /// ln Γ(x) for x > 0, by Lanczos' approximation.
    static double logGamma(double x) {
        if (x < 0.5) {
            return StrictMath.log(StrictMath.PI / StrictMath.sin(StrictMath.PI * x)) - logGamma(1 - x);
        }
        double z = x - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (z + i);
        }
        double t = z + LANCZOS_G + 0.5;
        return 0.5 * StrictMath.log(2 * StrictMath.PI) + (z + 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }

    /// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method).
    static double incompleteBeta(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * betaFraction(x, a, b) / a
                : 1 - front * betaFraction(1 - x, b, a) / b;
    }

    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= STEPS_MAX; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            result *= d * c;
            if (StrictMath.abs(d * c - 1) < PRECISION) {
                break;
            }
        }
        return result;
    }

    private static double away(double value) {
        return StrictMath.abs(value) < TINY ? TINY : value;
    }

    /// The upper tail of the normal distribution, P(Z > z), by the continued fraction far out and the series near the middle.
    static double normalTail(double z) {
        if (z < 0) {
            return 1 - normalTail(-z);
        }
        double density = StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
        return z > 3 ? density * tailFraction(z) : 0.5 - density * seriesOf(z);
    }

    private static double tailFraction(double z) {
        double fraction = z;
        for (int k = 200; k >= 1; k--) {
            fraction = z + k / fraction;
        }
        return 1 / fraction;
    }

    private static double seriesOf(double z) {
        double term = z;
        double sum = z;
        for (int k = 1; k < STEPS_MAX && term > PRECISION * sum; k++) {
            term *= z * z / (2 * k + 1);
            sum += term;
        }
        return sum;
    }
}
