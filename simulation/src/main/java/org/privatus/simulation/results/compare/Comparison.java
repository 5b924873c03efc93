package org.privatus.simulation.results.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.privatus.simulation.results.Distribution;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.Unit;
import org.privatus.simulation.results.compare.Difference.Test;
import org.privatus.simulation.results.statistics.Estimate;
import org.privatus.simulation.results.statistics.RankTest;
import org.privatus.simulation.results.statistics.WelchTest;

/// Two results, number by number.
///
/// Where both have several seeds every number is compared over seeds by Welch's t-test. Where a result is of one seed nothing is
/// known about how much another would differ: single numbers then get no verdict. Of two single runs the samples of latencies are
/// compared, by the test of Mann and Whitney, which takes the samples of a run as independent. The probabilities are
/// corrected for their number (Holm); [#LEVEL] of them all together may be a false alarm.
///
/// @param differences those that matter first
public record Comparison(RunSet a, RunSet b, List<Difference> differences) {
    /// How likely a false alarm anywhere in the table may be.
    public static final double LEVEL = 0.01;

    /// Below this Cliff's delta a difference between samples is small, however certain.
    static final double DELTA_SLIGHT = 0.05;

    private static final double[] PERCENTILES = {50, 90, 99};

    public Comparison {
        differences = List.copyOf(differences);
    }

    public static Comparison of(RunSet a, RunSet b) {
        var found = new ArrayList<Difference>();
        for (Figure figure : Figure.values()) {
            double[] valuesA = a.values(figure);
            double[] valuesB = b.values(figure);
            if (valuesA.length + valuesB.length > 0) {
                found.add(overSeeds(figure.key(), figure.unit(), valuesA, valuesB, Estimate::ofMean));
            }
        }
        for (Metric metric : Metric.values()) {
            if (a.count(metric) + b.count(metric) > 0) {
                addMetric(found, a, b, metric);
            }
        }
        List<Difference> judged = new ArrayList<>(judged(found));
        judged.sort(Comparator.comparing(Difference::verdict));
        return new Comparison(a, b, judged);
    }

    private static void addMetric(List<Difference> found, RunSet a, RunSet b, Metric metric) {
        boolean measured = a.count(metric) > 0 && b.count(metric) > 0;
        if (!measured || a.isSeveral() || b.isSeveral()) {
            found.add(latency(metric, "mean", a, b, Distribution::meanMillis));
            for (double percentile : PERCENTILES) {
                found.add(latency(metric, "p" + (int) percentile, a, b, each -> each.percentileMillis(percentile)));
            }
            return;
        }
        RankTest test = RankTest.of(
                a.first().distribution(metric).counts(),
                b.first().distribution(metric).counts());
        boolean enough = a.count(metric) >= RankTest.SAMPLES_MIN && b.count(metric) >= RankTest.SAMPLES_MIN;
        found.add(new Difference(
                name(metric, "samples"),
                Unit.MILLIS,
                a.percentile(metric, 50),
                b.percentile(metric, 50),
                enough ? Test.MANN_WHITNEY : Test.NONE,
                enough ? test.p() : Double.NaN,
                enough ? test.delta() : Double.NaN,
                Verdict.NOISE_UNKNOWN));
        found.add(latency(metric, "p99", a, b, each -> each.percentileMillis(99)));
    }

    private static Difference latency(
            Metric metric, String what, RunSet a, RunSet b, Function<Distribution, Double> reading) {
        return overSeeds(
                name(metric, what),
                Unit.MILLIS,
                a.ofSamples(metric, reading),
                b.ofSamples(metric, reading),
                Estimate::ofMean);
    }

    private static String name(Metric metric, String what) {
        return metric.key() + " " + what;
    }

    private static Difference overSeeds(
            String name, Unit unit, double[] a, double[] b, Function<double[], Estimate> estimate) {
        Estimate ofA = estimate.apply(a);
        Estimate ofB = estimate.apply(b);
        if (a.length == 0 || b.length == 0) {
            return new Difference(name, unit, ofA, ofB, Test.NONE, Double.NaN, Double.NaN, Verdict.ONE_SIDED);
        }
        if (Arrays.equals(a, b) || isOneValue(a, b)) {
            return new Difference(name, unit, ofA, ofB, Test.NONE, Double.NaN, Double.NaN, Verdict.EQUAL);
        }
        if (a.length < 2 || b.length < 2) {
            return new Difference(name, unit, ofA, ofB, Test.NONE, Double.NaN, Double.NaN, Verdict.NOISE_UNKNOWN);
        }
        WelchTest test = WelchTest.of(a, b);
        return new Difference(name, unit, ofA, ofB, Test.WELCH, test.p(), test.effect(), Verdict.WITHIN_NOISE);
    }

    private static boolean isOneValue(double[] a, double[] b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b))
                        .distinct()
                        .count()
                == 1;
    }

    /// Holm's correction: the k-th smallest of m probabilities counts m − k + 1 times, and none less than the one before.
    private static List<Difference> judged(List<Difference> found) {
        List<Difference> tested = found.stream()
                .filter(each -> each.test() != Test.NONE)
                .sorted(Comparator.comparingDouble(Difference::p))
                .toList();
        var judged = new ArrayList<>(
                found.stream().filter(each -> each.test() == Test.NONE).toList());
        double before = 0;
        for (int k = 0; k < tested.size(); k++) {
            Difference each = tested.get(k);
            before = StrictMath.max(before, StrictMath.min(1, each.p() * (tested.size() - k)));
            judged.add(each.judged(before, verdict(each, before)));
        }
        return judged;
    }

    private static Verdict verdict(Difference difference, double p) {
        if (p >= LEVEL) {
            return Verdict.WITHIN_NOISE;
        }
        boolean slight = difference.test() == Test.MANN_WHITNEY && StrictMath.abs(difference.effect()) < DELTA_SLIGHT;
        return slight ? Verdict.SLIGHT : Verdict.DIFFERS;
    }

    /// How the verdicts came about, in a sentence or two.
    public String method() {
        if (a.isSeveral() && b.isSeveral()) {
            return "Welch's t-test over " + a.runs().size() + " and " + b.runs().size()
                    + " seeds, corrected for the number of comparisons (Holm), false alarm 1 %; g is Hedges' effect"
                    + " size.";
        }
        if (a.isSeveral() || b.isSeveral()) {
            return "One side is a single seed: how much another would differ is not known, so nothing gets a verdict.";
        }
        return "Each side is a single seed: how much another would differ is not known, so single numbers get no"
            + " verdict. Samples of latencies are compared by the test of Mann and Whitney, taken as independent,"
            + " corrected for the number of comparisons (Holm), false alarm 1 %; δ is Cliff's effect size, from −1 to"
            + " 1.";
    }
}
