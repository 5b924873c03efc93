package org.privatus.simulation.results.compare;

import org.privatus.simulation.results.Unit;
import org.privatus.simulation.results.statistics.Estimate;

/// One number in two results.
///
/// @param name a key of `summary.json`
/// @param a with an interval where there is one; NaN where it was not measured
/// @param p probability of such a difference by chance, corrected for the number of comparisons; NaN without a test
/// @param effect its size: Hedges' g for seeds, Cliff's delta for samples; NaN without a test
public record Difference(
        String name, Unit unit, Estimate a, Estimate b, Test test, double p, double effect, Verdict verdict) {
    /// How chance was weighed.
    public enum Test {
        NONE(""),
        /// Over seeds.
        WELCH("g"),
        /// Over the samples of one run each.
        MANN_WHITNEY("δ");

        private final String effect;

        Test(String effect) {
            this.effect = effect;
        }

        /// The letter of its measure of effect.
        public String effect() {
            return effect;
        }
    }

    /// B relative to A: 0.1 is ten percent more; NaN where A is 0 or missing.
    public double change() {
        return a.value() == 0 ? Double.NaN : b.value() / a.value() - 1;
    }

    Difference judged(double correctedP, Verdict found) {
        return new Difference(name, unit, a, b, test, correctedP, effect, found);
    }
}
