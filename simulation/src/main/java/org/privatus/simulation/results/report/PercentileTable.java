package org.privatus.simulation.results.report;

import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.statistics.Estimate;

/// Means and percentiles of every metric with their intervals, and how these come about.
final class PercentileTable {
    private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9};

    private final RunSet set;

    PercentileTable(RunSet set) {
        this.set = set;
    }

    Html html() {
        var html = new Html();
        if (set.metrics().isEmpty()) {
            return html;
        }
        html.raw("<section><h2>Percentiles</h2><div class=\"scroll\"><table class=\"numbers\"><thead><tr><th></th>")
                .raw("<th>samples</th><th>mean</th>");
        for (double percentile : PERCENTILES) {
            html.raw("<th>p" + Quantity.digits(percentile, 4) + "</th>");
        }
        html.raw("<th>highest</th></tr></thead><tbody>");
        set.metrics().forEach(metric -> row(html, metric));
        html.raw("</tbody></table></div>");
        return html.element("p", "class=\"note\"", method()).raw("</section>");
    }

    private void row(Html html, Metric metric) {
        html.raw("<tr>").element("th", "scope=\"row\"", metric.title());
        html.element("td", "", Quantity.whole(set.count(metric)));
        cell(html, set.mean(metric));
        for (double percentile : PERCENTILES) {
            cell(html, set.percentile(metric, percentile));
        }
        double highest = set.runs().stream()
                .map(run -> run.distribution(metric))
                .filter(each -> !each.isEmpty())
                .mapToDouble(each -> each.maxMillis())
                .max()
                .orElse(Double.NaN);
        html.element("td", "", Quantity.MILLIS.show(highest)).raw("</tr>");
    }

    private static void cell(Html html, Estimate estimate) {
        html.raw("<td>").text(Quantity.MILLIS.show(estimate.value()));
        if (estimate.hasInterval()) {
            html.raw("<small>")
                    .text(Quantity.MILLIS.show(estimate.low()) + " – " + Quantity.MILLIS.show(estimate.high()))
                    .raw("</small>");
        }
        html.raw("</td>");
    }

    private String method() {
        if (!set.isSeveral()) {
            return "Intervals of 95 % within this one run, its samples taken as independent: Student's t for means,"
                + " order statistics for percentiles. How much another seed would differ they do not say: run several"
                + " (--seeds).";
        }
        double confidence = set.percentile(set.metrics().getFirst(), 50).confidence();
        return "Over " + set.runs().size()
                + " seeds. Means: of the seeds' means, with Student's t interval of 95 %. Percentiles: the"
                + " median of the seeds' percentiles, with the interval of order statistics, which holds "
                + Quantity.SHARE.show(confidence) + (confidence < Estimate.USUAL ? " (95 % takes six seeds)" : "")
                + ".";
    }
}
