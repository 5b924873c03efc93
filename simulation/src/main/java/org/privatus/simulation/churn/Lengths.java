package org.privatus.simulation.churn;

/// How long something lasts: a distribution of lengths of time, by its quantiles. All mathematics is `StrictMath`, so that every machine
/// draws the same.
public sealed interface Lengths {
    /// No parameter may be above: 31 years.
    double SECONDS_MOST = 1e9;

    /// The length that a share of all lengths does not exceed.
    ///
    /// @param share above 0 and below 1
    double quantileSeconds(double share);

    /// What peer-to-peer networks are measured to follow: `P(length ≤ t) = 1 - exp(-(t / scale)^shape)`. A shape below 1 means that
    /// who has stayed for long stays longer.
    record Weibull(double scaleSeconds, double shape) implements Lengths {
        /// Sessions, one measured set.
        public static final Weibull MEASURED = new Weibull(14_900, 0.68);

        private static final double SHAPE_LEAST = 0.2;
        private static final double SHAPE_MOST = 20;

        public Weibull {
            requireSeconds("scale", scaleSeconds);
            if (!(shape >= SHAPE_LEAST && shape <= SHAPE_MOST)) {
                throw new IllegalArgumentException(
                        "shape is " + shape + "; allowed is " + SHAPE_LEAST + " to " + SHAPE_MOST);
            }
        }

        @Override
        public double quantileSeconds(double share) {
            return scaleSeconds * StrictMath.pow(-StrictMath.log1p(-share), 1 / shape);
        }
    }

    /// Without memory: how long it has lasted says nothing.
    record Exponential(double meanSeconds) implements Lengths {
        public Exponential {
            requireSeconds("mean", meanSeconds);
        }

        @Override
        public double quantileSeconds(double share) {
            return -meanSeconds * StrictMath.log1p(-share);
        }
    }

    /// Always the same.
    record Fixed(double seconds) implements Lengths {
        public Fixed {
            requireSeconds("length", seconds);
        }

        @Override
        public double quantileSeconds(double share) {
            return seconds;
        }
    }

    private static void requireSeconds(String name, double seconds) {
        if (!(seconds > 0 && seconds <= SECONDS_MOST)) {
            throw new IllegalArgumentException(
                    name + " is " + seconds + " s; allowed is above 0 and at most " + (long) SECONDS_MOST);
        }
    }
}
