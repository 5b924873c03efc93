package org.privatus.simulation.results.report;

/// A curve of a plot.
///
/// @param colour number of its colour, 0 to 5
/// @param dashed tells a second result from the first
/// @param filled down to the axis
/// @param y a value for each x of the plot; NaN where there is none
/// @param low the lower edge of a band around it; empty without one
/// @param high likewise
@SuppressWarnings("ArrayRecordComponent") // never compared
record Line(String name, int colour, boolean dashed, boolean filled, double[] y, double[] low, double[] high) {
    static Line of(String name, int colour, double[] y) {
        return new Line(name, colour, false, false, y, new double[0], new double[0]);
    }

    Line asDashed() {
        return new Line(name, colour, true, filled, y, low, high);
    }

    Line asFilled() {
        return new Line(name, colour, dashed, true, y, low, high);
    }

    Line within(double[] lower, double[] upper) {
        return new Line(name, colour, dashed, filled, y, lower, upper);
    }

    boolean hasBand() {
        return low.length > 0;
    }
}
