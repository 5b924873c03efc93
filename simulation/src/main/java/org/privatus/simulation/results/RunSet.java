package org.privatus.simulation.results;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.privatus.simulation.results.statistics.Estimate;

/// One run, or the same scenario with several seeds.
///
/// @param label what to call it beside another, such as its directory's name
/// @param partial why seeds are missing, or why the only run is not whole
/// @param runs at least one, in the order of their seeds
public record RunSet(String label, Optional<String> partial, List<MeasuredRun> runs) {
    public RunSet {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a set of runs has at least one");
        }
    }

    /// One run alone.
    public static RunSet of(String label, MeasuredRun run) {
        return new RunSet(label, run.info().partial(), List.of(run));
    }

    public MeasuredRun first() {
        return runs.getFirst();
    }

    public boolean isSeveral() {
        return runs.size() > 1;
    }

    /// The values of a figure in all runs; empty where any run lacks it.
    public double[] values(Figure which) {
        return values(run -> run.figure(which));
    }

    /// The same for anything that a run may have.
    public double[] values(Function<MeasuredRun, OptionalDouble> reading) {
        double[] values = runs.stream()
                .map(reading)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return values.length == runs.size() ? values : new double[0];
    }

    /// A figure's mean over seeds with Student's interval; of one run its value without an interval.
    public Optional<Estimate> estimate(Figure which) {
        double[] values = values(which);
        return values.length == 0 ? Optional.empty() : Optional.of(Estimate.ofMean(values));
    }

    /// The mean of a metric in milliseconds. Over seeds: of their means; in one run: of its samples.
    public Estimate mean(Metric metric) {
        return isSeveral()
                ? Estimate.ofMean(ofSamples(metric, Distribution::meanMillis))
                : first().distribution(metric).mean();
    }

    /// A percentile of a metric in milliseconds. Over seeds: the median of the seeds' percentiles; in one run: that of its samples.
    public Estimate percentile(Metric metric, double percentile) {
        return isSeveral()
                ? Estimate.ofMedian(ofSamples(metric, each -> each.percentileMillis(percentile)))
                : first().distribution(metric).percentile(percentile);
    }

    /// One number of the distribution of each run that has samples.
    public double[] ofSamples(Metric metric, Function<Distribution, Double> reading) {
        return runs.stream()
                .map(run -> run.distribution(metric))
                .filter(each -> !each.isEmpty())
                .mapToDouble(reading::apply)
                .toArray();
    }

    public long count(Metric metric) {
        return runs.stream().mapToLong(run -> run.distribution(metric).count()).sum();
    }

    /// Metrics with samples.
    public List<Metric> metrics() {
        return Arrays.stream(Metric.values())
                .filter(metric -> count(metric) > 0)
                .toList();
    }

    public long violationCount() {
        return runs.stream()
                .mapToLong(run -> run.measurements().violationCount())
                .sum();
    }
}
