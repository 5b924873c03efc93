package org.privatus.simulation.results;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as files have them: nine significant digits, no exponent.
final class Numbers {
    private static final MathContext DIGITS = new MathContext(9);

    private Numbers() {}

    static BigDecimal rounded(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    static String plain(double value) {
        return rounded(value).toPlainString();
    }
}
