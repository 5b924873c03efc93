package org.privatus.simulation.results.report;

import java.util.Optional;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.statistics.Estimate;

/// The numbers that answer first.
final class Tiles {
    private static final int TILES_MAX = 8;

    private final RunSet set;
    private final Html html = new Html();
    private int shown;

    Tiles(RunSet set) {
        this.set = set;
    }

    Html html() {
        html.raw("<div class=\"tiles\">");
        delivered();
        percentiles(Metric.DELIVERY, "delivery, median");
        percentiles(Metric.CIRCUIT_BUILD, "circuit build, median");
        figure(Figure.SUCCESS, "lookups that found it");
        figure(Figure.MEAN_LATENCY, "mean of a lookup");
        if (set.values(Figure.SENT).length == 0) {
            figure(Figure.REQUESTS_PER_LOOKUP, "requests per lookup");
            figure(Figure.DEPTH, "depth of a lookup");
            figure(Figure.LOOKUPS_PER_CPU_SECOND, "lookups per CPU-second");
        }
        figure(Figure.BYTES_PER_NODE, "heap per node");
        figure(Figure.TRAFFIC_PER_NODE, "traffic per node");
        speed();
        figure(Figure.EVENTS_PER_CPU_SECOND, "events per CPU-second");
        figure(Figure.EVENTS, "events");
        return html.raw("</div>");
    }

    private void delivered() {
        Optional<Estimate> share = set.estimate(Figure.DELIVERED_SHARE);
        Optional<Estimate> sent = set.estimate(Figure.SENT);
        if (share.isPresent() && sent.isPresent()) {
            tile(
                    Quantity.SHARE.show(share.get().value()),
                    "of " + Quantity.COUNT.show(sent.get().value()) + " messages delivered"
                            + (set.isSeveral() ? " (mean)" : ""),
                    "");
        }
    }

    private void percentiles(Metric metric, String label) {
        if (set.count(metric) > 0) {
            tile(
                    Quantity.MILLIS.show(set.percentile(metric, 50).value()),
                    label,
                    "p99 " + Quantity.MILLIS.show(set.percentile(metric, 99).value()));
        }
    }

    private void figure(Figure which, String label) {
        set.estimate(which).ifPresent(estimate -> {
            Quantity quantity = Quantity.of(which.unit());
            tile(quantity.show(estimate.value()), label, interval(quantity, estimate));
        });
    }

    private static String interval(Quantity quantity, Estimate estimate) {
        return estimate.hasInterval() && estimate.high() > estimate.low()
                ? quantity.show(estimate.low()) + " – " + quantity.show(estimate.high())
                : "";
    }

    private void speed() {
        Optional<Estimate> simulated = set.estimate(Figure.SIMULATED_SECONDS);
        Optional<Estimate> wall = set.estimate(Figure.WALL_SECONDS);
        if (simulated.isPresent() && wall.isPresent() && wall.get().value() > 0) {
            tile(
                    Quantity.digits(simulated.get().value() / wall.get().value(), 3) + " ×",
                    "real time",
                    Quantity.SECONDS.show(simulated.get().value()) + " in "
                            + Quantity.SECONDS.show(wall.get().value()));
        }
    }

    private void tile(String value, String label, String more) {
        if (shown++ >= TILES_MAX) {
            return;
        }
        html.raw("<div class=\"tile\">").element("b", "", value).element("span", "", label);
        if (!more.isEmpty()) {
            html.element("small", "", more);
        }
        html.raw("</div>");
    }
}
