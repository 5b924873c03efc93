package org.privatus.simulation.results.report;

import java.util.List;
import java.util.Map;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.MeasuredRun;
import org.privatus.simulation.results.RunCosts;
import org.privatus.simulation.results.RunInfo;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.statistics.Estimate;

/// `report.html` of one run or of several seeds.
public final class ReportPage {
    private static final int ROWS_MAX = 300;
    private static final int TEXT_MAX = 60_000;

    private final RunSet set;
    private final RunInfo info;

    public ReportPage(RunSet set) {
        this.set = set;
        this.info = set.first().info();
    }

    public String html() {
        var body = new Html();
        header(body);
        body.add(new Tiles(set).html());
        checks(body);
        body.add(new LatencyPlots(List.of(set)).html());
        body.add(new PercentileTable(set).html());
        body.add(new TimePlots(List.of(set)).html());
        seeds(body);
        figures(body);
        costs(body);
        counters(body);
        scenario(body);
        body.raw("<footer>Privatus simulation. Numbers for programs are in <code>summary.json</code>, series and"
                + " samples in the CSV files beside this page.</footer>");
        return Page.of(info.scenario() + " – Privatus simulation", body);
    }

    private void header(Html body) {
        set.partial()
                .ifPresent(why -> body.raw("<div class=\"partial\" role=\"alert\"><b>PARTIAL RESULT</b> ")
                        .text(why)
                        .raw("</div>"));
        body.raw("<header><p class=\"eyebrow\">Privatus simulation</p>").element("h1", "", info.scenario());
        if (!info.description().isEmpty()) {
            body.element("p", "class=\"lead\"", info.description());
        }
        body.raw("<dl class=\"facts\">");
        fact(body, "nodes", Quantity.whole(info.nodes()));
        if (set.isSeveral()) {
            fact(body, "seeds", seedRange());
        } else {
            fact(body, "seed", Long.toString(info.seed()));
            fact(body, "simulated", Quantity.SECONDS.show(info.simulatedSeconds()));
            fact(body, "trace", info.traceHash());
        }
        body.raw("<div><dt>checks</dt>").raw(verdict()).raw("</div></dl></header>");
    }

    private String seedRange() {
        return set.runs().size() + ": " + info.seed() + " … "
                + set.runs().getLast().info().seed();
    }

    private static void fact(Html body, String name, String value) {
        body.raw("<div>").element("dt", "", name).element("dd", "", value).raw("</div>");
    }

    private String verdict() {
        long violations = set.violationCount();
        if (violations == 0 && set.partial().isPresent()) {
            return "<dd>none failed in this part</dd>";
        }
        return violations == 0
                ? "<dd class=\"good\">✓ all held</dd>"
                : "<dd class=\"bad\">✗ " + Quantity.whole(violations) + (violations == 1 ? " violation" : " violations")
                        + "</dd>";
    }

    private void checks(Html body) {
        if (set.violationCount() == 0) {
            return;
        }
        body.raw("<section class=\"violations\"><h2>Checks that did not hold</h2><div"
                        + " class=\"scroll\"><table><thead><tr>")
                .raw(set.isSeveral() ? "<th>seed</th>" : "")
                .raw("<th>check</th><th>at</th><th>node</th><th>what</th></tr></thead><tbody>");
        long rows = 0;
        for (MeasuredRun run : set.runs()) {
            for (CheckViolation each : run.measurements().violations()) {
                if (rows++ < CHECK_ROWS_MAX) {
                    violation(body, run, each);
                }
            }
        }
        body.raw("</tbody></table></div>");
        long more = set.violationCount() - Math.min(rows, CHECK_ROWS_MAX);
        if (more > 0) {
            body.element("p", "class=\"note\"", "and " + Quantity.whole(more) + " more; the first are here.");
        }
        body.raw("</section>");
    }

    private static final long CHECK_ROWS_MAX = 100;

    private void violation(Html body, MeasuredRun run, CheckViolation each) {
        body.raw("<tr>");
        if (set.isSeveral()) {
            body.element("td", "", Long.toString(run.info().seed()));
        }
        body.element("td", "", each.check())
                .element("td", "class=\"tight\"", Quantity.SECONDS.show(each.timeNanos() / 1e9))
                .element("td", "", each.node() < 0 ? "–" : Integer.toString(each.node()))
                .element("td", "", each.line())
                .raw("</tr>");
    }

    private void seeds(Html body) {
        if (!set.isSeveral()) {
            return;
        }
        List<Figure> columns = List.of(
                        Figure.DELIVERED_SHARE,
                        Figure.MISSING,
                        Figure.LOOKUPS,
                        Figure.REQUESTS_PER_LOOKUP,
                        Figure.MEAN_LATENCY,
                        Figure.SUCCESS,
                        Figure.EVENTS,
                        Figure.VIOLATIONS)
                .stream()
                .filter(figure -> set.values(figure).length > 0)
                .toList();
        body.raw("<section><h2>Seeds</h2><details").raw(set.runs().size() <= 12 ? " open" : "");
        body.raw("><summary>each run alone</summary><div class=\"scroll\"><table"
                + " class=\"numbers\"><thead><tr><th>seed</th>");
        columns.forEach(figure -> body.element("th", "", figure.key()));
        body.raw("<th>trace</th></tr></thead><tbody>");
        set.runs().stream().limit(ROWS_MAX).forEach(run -> {
            body.format(
                    "<tr><th scope=\"row\"><a href=\"seeds/%1$d/report.html\">%1$d</a></th>",
                    run.info().seed());
            columns.forEach(figure -> body.element(
                    "td", "", Quantity.of(figure.unit()).show(run.figure(figure).orElse(Double.NaN))));
            body.element("td", "class=\"hash\"", run.info().traceHash()).raw("</tr>");
        });
        body.raw("</tbody></table></div></details></section>");
    }

    private void figures(Html body) {
        body.raw("<section><h2>Figures</h2><div class=\"scroll\"><table"
                        + " class=\"keys\"><thead><tr><th>key</th><th>value</th>")
                .raw(set.isSeveral() ? "<th>95 % interval of the mean</th>" : "")
                .raw("<th>meaning</th></tr></thead><tbody>");
        for (Figure figure : Figure.values()) {
            set.estimate(figure).ifPresent(estimate -> figure(body, figure, estimate));
        }
        body.raw("</tbody></table></div></section>");
    }

    private void figure(Html body, Figure figure, Estimate estimate) {
        Quantity quantity = Quantity.of(figure.unit());
        boolean whole = figure.isCount() && !set.isSeveral();
        String value = whole
                ? Quantity.whole(estimate.value())
                        + (figure.unit().symbol().isEmpty()
                                ? ""
                                : " " + figure.unit().symbol())
                : quantity.show(estimate.value());
        body.raw("<tr><td><code>").text(figure.key()).raw("</code></td>").element("td", "class=\"number\"", value);
        if (set.isSeveral()) {
            body.element(
                    "td",
                    "class=\"number\"",
                    estimate.high() > estimate.low()
                            ? quantity.show(estimate.low()) + " – " + quantity.show(estimate.high())
                            : "always the same");
        }
        body.element("td", "", figure.meaning()).raw("</tr>");
    }

    private void costs(Html body) {
        if (set.isSeveral() || info.costs().shards().isEmpty()) {
            return;
        }
        body.raw("<section><h2>What it took</h2><div class=\"scroll\"><table"
                        + " class=\"numbers\"><thead><tr><th>shard</th>")
                .raw("<th>CPU, set-up</th><th>CPU, run</th><th>waited for others</th><th>events</th>")
                .raw("<th>datagrams to others</th></tr></thead><tbody>");
        for (RunCosts.OfShard shard : info.costs().shards()) {
            body.format("<tr><th scope=\"row\">%d</th>", shard.shard())
                    .element("td", "", Quantity.SECONDS.show(shard.setupSeconds()))
                    .element("td", "", Quantity.SECONDS.show(shard.cpuSeconds()))
                    .element("td", "", Quantity.SECONDS.show(shard.blockedSeconds()))
                    .element("td", "", Quantity.whole(shard.events()))
                    .element("td", "", Quantity.whole(shard.datagrams()))
                    .raw("</tr>");
        }
        body.raw("</tbody></table></div><p class=\"note\">CPU time of the shards' own threads; garbage"
                        + " collection is not in it.")
                .raw("</p></section>");
    }

    private void counters(Html body) {
        Map<String, Long> counters = set.first().measurements().counters();
        if (set.isSeveral() || counters.isEmpty()) {
            return;
        }
        body.raw("<section><h2>Counters</h2><details><summary>")
                .text(Quantity.whole(counters.size()) + " totals over all nodes")
                .raw("</summary><div class=\"columns\"><table class=\"keys\"><tbody>");
        counters.entrySet().stream()
                .limit(ROWS_MAX)
                .forEach(counter -> body.raw("<tr><td><code>")
                        .text(counter.getKey())
                        .raw("</code></td>")
                        .element("td", "class=\"number\"", Quantity.whole(counter.getValue()))
                        .raw("</tr>"));
        body.raw("</tbody></table></div>");
        if (counters.size() > ROWS_MAX) {
            body.raw("<p class=\"note\">The others are in summary.json.</p>");
        }
        body.raw("</details></section>");
    }

    private void scenario(Html body) {
        body.raw("<section><h2>Scenario</h2><p class=\"note\">The command that made this run:</p>")
                .raw("<pre class=\"command\">")
                .text(cut(info.command()))
                .raw("</pre>");
        if (!info.text().isEmpty()) {
            body.raw("<details open><summary>scenario.conf</summary><pre>")
                    .text(cut(info.text()))
                    .raw("</pre></details>");
        }
        body.raw("</section>");
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX
                ? text
                : text.substring(0, TEXT_MAX) + "\n… cut here; the whole text is in scenario.conf";
    }
}
