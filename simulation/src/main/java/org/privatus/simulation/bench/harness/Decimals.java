package org.privatus.simulation.bench.harness;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as people read them.
final class Decimals {
    private static final double THREE_DIGITS = 100;
    private static final double TWO_DIGITS = 10;

    private Decimals() {}

    /// Three significant digits, thousands apart.
    static String three(double value) {
        double size = Math.abs(value);
        int decimals = size >= THREE_DIGITS ? 0 : size >= TWO_DIGITS ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /// No digit more than it has.
    static String shortest(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, exact.scale()) + "f", value);
    }

    /// Six decimals at most, no exponent: for programs.
    static BigDecimal plain(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
