package org.privatus.simulation.results.report;

import java.util.Locale;
import org.privatus.simulation.results.Unit;

/// Numbers as people read them.
enum Quantity {
    COUNT,
    PER_SECOND,
    MILLIS,
    SECONDS,
    BYTES,
    BYTES_PER_SECOND,
    SHARE,
    RATIO;

    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    static Quantity of(Unit unit) {
        return switch (unit) {
            case COUNT -> COUNT;
            case SECONDS -> SECONDS;
            case MILLIS -> MILLIS;
            case BYTES -> BYTES;
            case PER_SECOND -> PER_SECOND;
            case SHARE -> SHARE;
            case RATIO -> RATIO;
        };
    }

    String show(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return switch (this) {
            case COUNT -> large(value, "");
            case PER_SECOND -> large(value, "/s");
            case MILLIS -> millis(value);
            case SECONDS -> millis(value * KILO);
            case BYTES -> large(value, "B");
            case BYTES_PER_SECOND -> large(value, "B/s");
            case SHARE -> digits(value * 100, 4) + " %";
            case RATIO -> digits(value, 4);
        };
    }

    private static String millis(double millis) {
        double size = StrictMath.abs(millis);
        if (size < KILO) {
            return digits(millis, 3) + " ms";
        }
        double seconds = millis / KILO;
        if (size < 2 * MINUTE * KILO) {
            return digits(seconds, 3) + " s";
        }
        return StrictMath.abs(seconds) < 2 * HOUR
                ? digits(seconds / MINUTE, 3) + " min"
                : digits(seconds / HOUR, 3) + " h";
    }

    private static String large(double value, String unit) {
        double size = StrictMath.abs(value);
        boolean bare = unit.isEmpty() || unit.startsWith("/");
        if (size >= GIGA) {
            return digits(value / GIGA, 3) + " G" + unit;
        }
        if (size >= MEGA) {
            return digits(value / MEGA, 3) + " M" + unit;
        }
        if (size >= 10 * KILO || (!bare && size >= KILO)) {
            return digits(value / KILO, 3) + " k" + unit;
        }
        return (size >= KILO ? String.format(Locale.ROOT, "%,.0f", value) : digits(value, 3))
                + (bare ? unit : " " + unit);
    }

    /// So many significant digits, no exponent, no trailing zeros after the point.
    static String digits(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        int before = (int) StrictMath.floor(StrictMath.log10(StrictMath.abs(value))) + 1;
        int after = Math.clamp(digits - before, 0, 9);
        String text = String.format(Locale.ROOT, "%." + after + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Every digit before the point.
    static String whole(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,.0f", value);
    }
}
