package org.privatus.simulation.results.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.privatus.simulation.results.Distribution;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.RunSet;

/// Which share of lookups, circuits and messages took up to how long.
final class LatencyPlots {
    private static final double LOWEST_PERCENTILE = 0.1;
    private static final double HIGHEST_PERCENTILE = 99.9;

    private final List<RunSet> sets;

    LatencyPlots(List<RunSet> sets) {
        this.sets = sets;
    }

    Html html() {
        List<Metric> metrics = Arrays.stream(Metric.values())
                .filter(metric -> sets.stream().anyMatch(set -> set.count(metric) > 0))
                .toList();
        var html = new Html();
        if (metrics.isEmpty()) {
            return html;
        }
        html.raw("<section><h2>How long things took</h2><div class=\"plots\">");
        if (sets.size() == 1) {
            html.add(together(metrics).html());
        } else {
            metrics.forEach(metric -> html.add(apart(metric).html()));
        }
        return html.raw("</div></section>");
    }

    private Plot together(List<Metric> metrics) {
        RunSet set = sets.getFirst();
        Axis x = axis(metrics);
        double[] at = grid(x);
        var lines = new ArrayList<Line>();
        for (Metric metric : metrics) {
            lines.add(line(set, metric, metric.title(), colour(metric), at));
        }
        String note = "share of all that took up to so long"
                + (set.isSeveral() ? "; mean over seeds, bands from the lowest seed to the highest" : "");
        return new Plot("Cumulative distributions", note, true, x, Axis.shares(""), at, lines);
    }

    private Plot apart(Metric metric) {
        Axis x = axis(List.of(metric));
        double[] at = grid(x);
        var lines = new ArrayList<Line>();
        if (sets.getFirst().count(metric) > 0) {
            lines.add(line(sets.getFirst(), metric, "A", 0, at));
        }
        if (sets.getLast().count(metric) > 0) {
            lines.add(line(sets.getLast(), metric, "B", 3, at).asDashed());
        }
        return new Plot(metric.title(), "share that took up to so long", false, x, Axis.shares(""), at, lines);
    }

    private Stream<Distribution> distributions(List<Metric> metrics) {
        return sets.stream()
                .flatMap(set -> set.runs().stream())
                .flatMap(run -> metrics.stream().map(run::distribution))
                .filter(each -> !each.isEmpty());
    }

    private Axis axis(List<Metric> metrics) {
        double low = distributions(metrics)
                .mapToDouble(each -> each.percentileMillis(LOWEST_PERCENTILE))
                .min()
                .orElse(1);
        double high = distributions(metrics)
                .mapToDouble(each -> each.percentileMillis(HIGHEST_PERCENTILE))
                .max()
                .orElse(1);
        return Axis.millis(low, high);
    }

    private static double[] grid(Axis x) {
        var at = new double[Plot.POINTS_MAX];
        Arrays.setAll(at, i -> x.valueAt(i / (Plot.POINTS_MAX - 1.0)));
        return at;
    }

    private static Line line(RunSet set, Metric metric, String name, int colour, double[] at) {
        List<Distribution> runs = set.runs().stream()
                .map(run -> run.distribution(metric))
                .filter(each -> !each.isEmpty())
                .toList();
        var mean = new double[at.length];
        var low = new double[at.length];
        var high = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double x = at[i];
            var shares = runs.stream().mapToDouble(run -> run.shareUpTo(x)).summaryStatistics();
            mean[i] = shares.getAverage();
            low[i] = shares.getMin();
            high[i] = shares.getMax();
        }
        Line line = Line.of(name, colour, mean);
        return runs.size() > 1 ? line.within(low, high) : line;
    }

    private static int colour(Metric metric) {
        return switch (metric) {
            case LOOKUP -> 0;
            case DELIVERY -> 1;
            case CIRCUIT_BUILD -> 2;
            case RECOVERY -> 3;
            case ACKNOWLEDGEMENT -> 4;
        };
    }
}
