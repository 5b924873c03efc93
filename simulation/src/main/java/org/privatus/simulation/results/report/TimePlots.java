package org.privatus.simulation.results.report;

import java.util.ArrayList;
import java.util.List;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.Period;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.Series;

/// Everything that is counted per second, over simulated time.
final class TimePlots {
    /// One figure: curves that share a scale.
    private enum Group {
        MESSAGES("Messages per second", Quantity.COUNT, Series.SENT, Series.DELIVERED, Series.ACKNOWLEDGED),
        LOOKUPS("Lookups per second", Quantity.COUNT, Series.LOOKUPS),
        NODES("Nodes up", Quantity.COUNT, Series.NODES_UP),
        CHURN("Starts and ends of nodes per second", Quantity.COUNT, Series.STARTED, Series.STOPPED, Series.CRASHED),
        CIRCUITS("Circuits per second", Quantity.COUNT, Series.CIRCUITS_BUILT, Series.CIRCUITS_FAILED),
        REQUESTS("Lookup requests per second", Quantity.COUNT, Series.LOOKUP_REQUESTS),
        TRAFFIC("Traffic per second", Quantity.BYTES, Series.BYTES),
        DATAGRAMS("Datagrams per second", Quantity.COUNT, Series.DATAGRAMS, Series.LOST),
        EVENTS("Events per second", Quantity.COUNT, Series.EVENTS);

        private final String title;
        private final Quantity quantity;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<Series> series;

        Group(String title, Quantity quantity, Series... series) {
            this.title = title;
            this.quantity = quantity;
            this.series = List.of(series);
        }
    }

    private static final int FINE = 240;
    private static final int COARSE = 60;
    private static final double SPARSE_PER_POINT = 5;

    private final List<RunSet> sets;
    private final Curves fine;
    private final Curves coarse;
    private final List<Period> periods;

    TimePlots(List<RunSet> sets) {
        this.sets = sets;
        this.fine = new Curves(sets, FINE);
        this.coarse = new Curves(sets, COARSE);
        this.periods = sets.getFirst().first().info().periods();
    }

    Html html() {
        var html = new Html();
        List<Plot> plots = plots();
        if (plots.isEmpty()) {
            return html;
        }
        html.raw("<section><h2>Over time</h2>");
        bands(html);
        shaded(html);
        html.raw("<div class=\"plots\">");
        plots.forEach(plot -> html.add(plot.html()));
        return html.raw("</div></section>");
    }

    private void bands(Html html) {
        if (sets.stream().anyMatch(RunSet::isSeveral)) {
            html.raw("<p class=\"note\">Curves are means over seeds; bands reach from the lowest seed to the"
                    + " highest.</p>");
        }
    }

    private void shaded(Html html) {
        if (periods.isEmpty()) {
            return;
        }
        html.raw("<ol class=\"periods\">");
        for (Period period : periods.subList(0, Math.min(periods.size(), Period.DRAWN_MAX))) {
            html.raw("<li>")
                    .text(period.title())
                    .raw(" <span>")
                    .text(Quantity.SECONDS.show(period.fromSeconds()) + " – "
                            + Quantity.SECONDS.show(period.toSeconds()))
                    .raw("</span></li>");
        }
        html.raw("</ol>");
        if (periods.size() > Period.DRAWN_MAX) {
            html.format("<p class=\"note\">%d more are not drawn.</p>", periods.size() - Period.DRAWN_MAX);
        }
    }

    private List<Plot> plots() {
        var plots = new ArrayList<Plot>();
        for (Group group : Group.values()) {
            if (sets.size() == 1) {
                if (isSeen(group.series)) {
                    plots.add(plot(group, group.title, lines(group)));
                }
            } else {
                group.series.stream().filter(which -> isSeen(List.of(which))).forEach(which -> {
                    String title = group.series.size() == 1 ? group.title : group.title + ": " + words(which);
                    plots.add(plot(group, title, compared(group, which)));
                });
            }
        }
        return plots;
    }

    private boolean isSeen(List<Series> series) {
        return sets.stream()
                .flatMap(set -> set.runs().stream())
                .anyMatch(run -> series.stream().anyMatch(run.measurements()::has));
    }

    private List<Line> lines(Group group) {
        var lines = new ArrayList<Line>();
        for (Series which : group.series) {
            if (isSeen(List.of(which))) {
                lines.add(curves(group).line(sets.getFirst(), which, words(which), colour(which)));
            }
        }
        return lines.size() == 1 && !sets.getFirst().isSeveral()
                ? List.of(lines.getFirst().asFilled())
                : lines;
    }

    private List<Line> compared(Group group, Series which) {
        return List.of(
                curves(group).line(sets.getFirst(), which, "A", 0),
                curves(group).line(sets.getLast(), which, "B", 3).asDashed());
    }

    /// Few things per second are a thicket when drawn second by second.
    private Curves curves(Group group) {
        boolean sparse = group.series.stream()
                .filter(which -> !which.isLevel())
                .filter(which -> isSeen(List.of(which)))
                .mapToDouble(this::meanTotal)
                .anyMatch(total -> total < SPARSE_PER_POINT * fine.at().length);
        return sparse ? coarse : fine;
    }

    private double meanTotal(Series which) {
        return sets.stream()
                .flatMap(set -> set.runs().stream())
                .mapToDouble(run -> (double) run.measurements().total(which))
                .average()
                .orElse(0);
    }

    private Plot plot(Group group, String title, List<Line> lines) {
        Curves curves = curves(group);
        Axis y = Axis.upTo(Curves.highest(lines), group.quantity, "");
        return new Plot(title, curves.note(), false, curves.axis(), y, curves.at(), lines)
                .with(periods)
                .withAlarms(alarms());
    }

    private double[] alarms() {
        if (sets.size() > 1) {
            return new double[0];
        }
        return sets.getFirst().runs().stream()
                .flatMap(run -> run.measurements().violations().stream())
                .mapToLong(CheckViolation::timeNanos)
                .sorted()
                .mapToDouble(nanos -> nanos / 1e9)
                .toArray();
    }

    private static String words(Series which) {
        return switch (which) {
            case EVENTS -> "events";
            case DATAGRAMS -> "sent";
            case BYTES -> "UDP payload";
            case LOST -> "lost";
            case SENT -> "written";
            case DELIVERED -> "delivered";
            case ACKNOWLEDGED -> "acknowledged";
            case LOOKUPS -> "lookups";
            case LOOKUP_REQUESTS -> "requests";
            case CIRCUITS_BUILT -> "built";
            case CIRCUITS_FAILED -> "failed";
            case NODES_UP -> "up";
            case STARTED -> "started";
            case STOPPED -> "stopped";
            case CRASHED -> "crashed";
        };
    }

    private static int colour(Series which) {
        return switch (which) {
            case EVENTS, DATAGRAMS, SENT, LOOKUPS, NODES_UP -> 0;
            case DELIVERED, STARTED, CIRCUITS_BUILT -> 1;
            case STOPPED, LOOKUP_REQUESTS -> 2;
            case LOST, CRASHED, CIRCUITS_FAILED -> 3;
            case ACKNOWLEDGED, BYTES -> 4;
        };
    }
}
