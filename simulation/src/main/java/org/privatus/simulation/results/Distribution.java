package org.privatus.simulation.results;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.HdrHistogram.HistogramIterationValue;
import org.privatus.simulation.results.statistics.Estimate;

/// All samples of one metric of a finished run, in milliseconds.
///
/// Count, mean, smallest and largest are exact. Percentiles come from a histogram of three significant digits: at most 0.1 % off.
public final class Distribution {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double NORMAL_975 = 1.959964;

    private final Metric metric;
    private final Samples samples;

    Distribution(Metric metric, Samples samples) {
        this.metric = metric;
        this.samples = samples;
        samples.sort();
    }

    public Metric metric() {
        return metric;
    }

    public long count() {
        return samples.count();
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    /// NaN without samples, like all below.
    public double meanMillis() {
        return isEmpty() ? Double.NaN : samples.sumNanos() / NANOS_PER_MILLI / count();
    }

    public double deviationMillis() {
        return isEmpty() ? Double.NaN : samples.histogram().getStdDeviation() / MICROS_PER_MILLI;
    }

    public double minMillis() {
        return isEmpty() ? Double.NaN : samples.minNanos() / NANOS_PER_MILLI;
    }

    public double maxMillis() {
        return isEmpty() ? Double.NaN : samples.maxNanos() / NANOS_PER_MILLI;
    }

    /// The value that a share of all samples does not exceed.
    ///
    /// @param percentile 0 to 100
    public double percentileMillis(double percentile) {
        if (isEmpty()) {
            return Double.NaN;
        }
        double read = samples.histogram().getValueAtPercentile(percentile) / MICROS_PER_MILLI;
        return StrictMath.max(minMillis(), StrictMath.min(read, maxMillis()));
    }

    /// The mean with Student's interval, the samples taken as independent.
    public Estimate mean() {
        return Estimate.ofMean(meanMillis(), deviationMillis(), count());
    }

    /// A percentile with its interval of order statistics, the samples taken as independent: the values at the ranks between which
    /// the binomial distribution puts the true one with 95 %.
    public Estimate percentile(double percentile) {
        double share = percentile / 100;
        double spread = NORMAL_975 * StrictMath.sqrt(count() * share * (1 - share));
        double low = count() * share - spread;
        double high = count() * share + spread + 1;
        if (low < 1 || high > count()) {
            return new Estimate(percentileMillis(percentile), Double.NaN, Double.NaN, Double.NaN, count());
        }
        return new Estimate(
                percentileMillis(percentile),
                percentileMillis(100 * StrictMath.floor(low) / count()),
                percentileMillis(100 * StrictMath.ceil(high) / count()),
                Estimate.USUAL,
                count());
    }

    /// How often each value stands there, in microseconds.
    public NavigableMap<Long, Long> counts() {
        var counts = new TreeMap<Long, Long>();
        for (HistogramIterationValue each : samples.histogram().recordedValues()) {
            counts.put(each.getValueIteratedTo(), each.getCountAtValueIteratedTo());
        }
        return counts;
    }

    /// The share of samples up to a value, 0 to 1.
    public double shareUpTo(double millis) {
        if (isEmpty()) {
            return Double.NaN;
        }
        long micros = (long) StrictMath.min(StrictMath.max(0, millis * MICROS_PER_MILLI), Samples.MICROS_MAX);
        return samples.histogram().getPercentileAtOrBelowValue(micros) / 100;
    }

    /// Samples that were kept one by one, ordered by time and node: all of them while there were few enough.
    public int keptCount() {
        return samples.kept();
    }

    public long keptAtNanos(int index) {
        return samples.time(index);
    }

    public int keptNode(int index) {
        return samples.node(index);
    }

    public long keptNanos(int index) {
        return samples.value(index);
    }

    public double keptMillis(int index) {
        return samples.value(index) / NANOS_PER_MILLI;
    }

    /// Gives back the memory of the samples that were kept one by one.
    void forgetKept() {
        samples.forgetKept();
    }
}
