package org.privatus.simulation.results.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.privatus.simulation.results.MeasuredRun;
import org.privatus.simulation.results.Measurements;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.Series;

/// Series as curves: at most [Plot#POINTS_MAX] points over the longest of all runs. Several seeds become their mean with a band
/// from the lowest to the highest.
final class Curves {
    private final double stepSeconds;
    private final double[] at;
    private final double end;

    /// @param points at most so many, and at most [Plot#POINTS_MAX]
    Curves(List<RunSet> sets, int points) {
        double longest = 1;
        int widest = 1;
        for (RunSet set : sets) {
            for (MeasuredRun run : set.runs()) {
                longest = StrictMath.max(longest, run.info().simulatedSeconds());
                widest = Math.max(widest, run.measurements().secondsPerBucket());
            }
        }
        this.end = longest;
        double buckets = StrictMath.ceil(longest / widest);
        this.stepSeconds = widest * StrictMath.ceil(buckets / Math.min(points, Plot.POINTS_MAX));
        this.at = new double[(int) StrictMath.max(1, StrictMath.ceil(longest / stepSeconds - 1e-9))];
        Arrays.setAll(at, i -> i * stepSeconds);
    }

    double[] at() {
        return at;
    }

    Axis axis() {
        return Axis.time(end);
    }

    /// What is said below a title when points are not seconds.
    String note() {
        return stepSeconds > 1 ? "averaged over " + Quantity.SECONDS.show(stepSeconds) : "";
    }

    Line line(RunSet set, Series which, String name, int colour) {
        double[][] runs = set.runs().stream().map(run -> values(run, which)).toArray(double[][]::new);
        if (runs.length == 1) {
            return Line.of(name, colour, runs[0]);
        }
        double[] mean = combined(runs, Double::sum);
        for (int i = 0; i < mean.length; i++) {
            int index = i;
            mean[i] /=
                    Arrays.stream(runs).filter(run -> !Double.isNaN(run[index])).count();
        }
        return Line.of(name, colour, mean).within(combined(runs, StrictMath::min), combined(runs, StrictMath::max));
    }

    private static double[] combined(double[][] runs, DoubleBinaryOperator operator) {
        double[] whole = runs[0].clone();
        for (int r = 1; r < runs.length; r++) {
            for (int i = 0; i < whole.length; i++) {
                double next = runs[r][i];
                if (Double.isNaN(whole[i])) {
                    whole[i] = next;
                } else if (!Double.isNaN(next)) {
                    whole[i] = operator.applyAsDouble(whole[i], next);
                }
            }
        }
        return whole;
    }

    private double[] values(MeasuredRun run, Series which) {
        Measurements seen = run.measurements();
        long[] buckets = seen.values(which);
        int each = (int) (stepSeconds / seen.secondsPerBucket());
        var values = new double[at.length];
        for (int i = 0; i < values.length; i++) {
            int from = Math.min(i * each, buckets.length);
            int to = Math.min(from + each, buckets.length);
            values[i] = at[i] >= run.info().simulatedSeconds() ? Double.NaN : value(buckets, from, to, which);
        }
        return values;
    }

    private double value(long[] buckets, int from, int to, Series which) {
        if (which.isLevel()) {
            return buckets.length == 0 ? 0 : buckets[Math.max(0, Math.min(to, buckets.length) - 1)];
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += buckets[i];
        }
        return sum / stepSeconds;
    }

    static double highest(List<Line> lines) {
        double highest = 0;
        for (Line line : lines) {
            for (double[] values : List.of(line.y(), line.high())) {
                for (double value : values) {
                    highest = Double.isNaN(value) ? highest : StrictMath.max(highest, value);
                }
            }
        }
        return highest;
    }
}
