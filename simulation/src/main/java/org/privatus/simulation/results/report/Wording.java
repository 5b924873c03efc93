package org.privatus.simulation.results.report;

import java.util.Locale;
import org.privatus.simulation.results.Unit;
import org.privatus.simulation.results.compare.Difference;

/// How the numbers of a comparison are written, on pages and in terminals alike.
public final class Wording {
    private static final double SMALLEST_P = 0.001;

    private Wording() {}

    /// A value in its unit.
    public static String value(Difference difference, double value) {
        return Quantity.of(difference.unit()).show(value);
    }

    /// A number in its unit.
    public static String value(Unit unit, double value) {
        return Quantity.of(unit).show(value);
    }

    public static String change(Difference difference) {
        double change = difference.change();
        if (Double.isNaN(change)) {
            return "";
        }
        if (StrictMath.abs(change) > 10) {
            return "× " + Quantity.digits(change + 1, 3);
        }
        double percent = StrictMath.abs(change) * 100;
        String sign = change > 0 ? "+" : "−";
        if (percent < 0.01) {
            return percent == 0 ? "0 %" : "< 0.01 %";
        }
        return sign + Quantity.digits(percent, percent < 1 ? 2 : 3) + " %";
    }

    public static String effect(Difference difference) {
        if (Double.isNaN(difference.effect())) {
            return "";
        }
        String size = StrictMath.abs(difference.effect()) >= 1e6
                ? "∞"
                : String.format(Locale.ROOT, "%.2f", StrictMath.abs(difference.effect()));
        return difference.test().effect() + " = " + (difference.effect() < 0 ? "−" : "") + size;
    }

    public static String probability(Difference difference) {
        if (Double.isNaN(difference.p())) {
            return "";
        }
        return difference.p() < SMALLEST_P ? "< 0.001" : Quantity.digits(difference.p(), 2);
    }
}
