package org.privatus.simulation.results.report;

import java.util.ArrayList;
import java.util.List;

/// One direction of a plot: a range of values, where it is marked, and what it says there.
final class Axis {
    private static final double[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400
    };
    private static final double SECONDS_OF_MINUTE = 60;
    private static final double SECONDS_OF_HOUR = 3600;

    private final double low;
    private final double high;
    private final boolean logarithmic;
    private final Quantity quantity;
    private final String title;
    private final List<Tick> ticks;

    /// @param at the value, @param label what stands there; empty for a line without words
    record Tick(double at, String label) {}

    private Axis(double low, double high, boolean logarithmic, Quantity quantity, String title, List<Tick> ticks) {
        this.low = low;
        this.high = high;
        this.logarithmic = logarithmic;
        this.quantity = quantity;
        this.title = title;
        this.ticks = ticks;
    }

    /// From 0 to a round number at or above the highest value.
    static Axis upTo(double highest, Quantity quantity, String title) {
        double step = niceStep((highest <= 0 || Double.isNaN(highest) ? 1 : highest) / 4);
        int steps = (int) StrictMath.max(1, StrictMath.ceil(highest / step - 1e-9));
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(new Tick(i * step, quantity.show(i * step)));
        }
        return new Axis(0, steps * step, false, quantity, title, ticks);
    }

    /// 0 to 100 %, marked where people look.
    static Axis shares(String title) {
        var ticks = new ArrayList<Tick>();
        for (double share : new double[] {0, 0.25, 0.5, 0.75, 0.9, 1}) {
            ticks.add(new Tick(share, Quantity.SHARE.show(share)));
        }
        return new Axis(0, 1, false, Quantity.SHARE, title, ticks);
    }

    /// Simulated seconds.
    static Axis time(double end) {
        double last = StrictMath.max(1, end);
        double step = TIME_STEPS[TIME_STEPS.length - 1];
        for (int i = TIME_STEPS.length - 1; i >= 0 && last / TIME_STEPS[i] <= 8; i--) {
            step = TIME_STEPS[i];
        }
        while (last / step > 8) {
            step *= 2;
        }
        var ticks = new ArrayList<Tick>();
        for (double at = 0; at <= last * (1 + 1e-9); at += step) {
            ticks.add(new Tick(at, clock(at, last)));
        }
        return new Axis(0, last, false, Quantity.SECONDS, "simulated time", ticks);
    }

    private static String clock(double seconds, double last) {
        if (last > 3 * SECONDS_OF_HOUR) {
            return Quantity.digits(seconds / SECONDS_OF_HOUR, 4) + " h";
        }
        return last > 3 * SECONDS_OF_MINUTE
                ? Quantity.digits(seconds / SECONDS_OF_MINUTE, 4) + " min"
                : Quantity.digits(seconds, 4) + " s";
    }

    /// Milliseconds between two values; logarithmic where they are far apart.
    static Axis millis(double low, double high) {
        double from = StrictMath.max(low, 1e-3);
        double to = StrictMath.max(high, from * 1.0001);
        if (to / from < 6) {
            return linearMillis(from, to);
        }
        var ticks = new ArrayList<Tick>();
        int decades = (int) StrictMath.ceil(StrictMath.log10(to / from));
        int first = (int) StrictMath.floor(StrictMath.log10(from));
        for (int decade = first; decade <= first + decades + 1; decade++) {
            for (int digit = 1; digit <= 9; digit++) {
                double at = digit * StrictMath.pow(10, decade);
                boolean said = digit == 1 || (decades <= 4 && (digit == 2 || digit == 5));
                if (at >= from && at <= to) {
                    ticks.add(new Tick(at, said ? Quantity.MILLIS.show(at) : ""));
                }
            }
        }
        return new Axis(from, to, true, Quantity.MILLIS, "duration, logarithmic", ticks);
    }

    private static Axis linearMillis(double from, double to) {
        double step = niceStep((to - from) / 6);
        var ticks = new ArrayList<Tick>();
        double lowest = StrictMath.floor(from / step) * step;
        double highest = StrictMath.ceil(to / step) * step;
        for (double at = lowest; at <= highest + step / 2; at += step) {
            ticks.add(new Tick(at, Quantity.MILLIS.show(at)));
        }
        return new Axis(lowest, highest, false, Quantity.MILLIS, "duration", ticks);
    }

    /// 1, 2 or 5 times a power of ten, at or above the wanted.
    private static double niceStep(double wanted) {
        double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(wanted)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= wanted * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /// Where a value lies, 0 to 1; beyond where it is outside.
    double position(double value) {
        return logarithmic ? StrictMath.log(value / low) / StrictMath.log(high / low) : (value - low) / (high - low);
    }

    /// The value at a position.
    double valueAt(double position) {
        return logarithmic ? low * StrictMath.pow(high / low, position) : low + position * (high - low);
    }

    List<Tick> ticks() {
        return ticks;
    }

    String title() {
        return title;
    }

    Quantity quantity() {
        return quantity;
    }

    double high() {
        return high;
    }
}
