package org.privatus.simulation.results.report;

import java.util.List;
import org.privatus.simulation.results.RunInfo;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.compare.Comparison;
import org.privatus.simulation.results.compare.Difference;
import org.privatus.simulation.results.compare.Verdict;
import org.privatus.simulation.results.statistics.Estimate;

/// `compare.html`: two results over each other.
public final class ComparePage {
    private final Comparison comparison;

    public ComparePage(Comparison comparison) {
        this.comparison = comparison;
    }

    public String html() {
        var body = new Html();
        partial(body, "A", comparison.a());
        partial(body, "B", comparison.b());
        body.raw("<header><p class=\"eyebrow\">Privatus simulation</p><h1>Two results compared</h1></header><div"
                + " class=\"pair\">");
        side(body, "A", "k0", comparison.a());
        side(body, "B", "k3", comparison.b());
        body.raw("</div>");
        table(body);
        List<RunSet> both = List.of(comparison.a(), comparison.b());
        body.add(new LatencyPlots(both).html());
        body.add(new TimePlots(both).html());
        return Page.of("Comparison – Privatus simulation", body);
    }

    private static void partial(Html body, String side, RunSet set) {
        set.partial()
                .ifPresent(why -> body.raw("<div class=\"partial\" role=\"alert\"><b>" + side + " IS PARTIAL</b> ")
                        .text(why)
                        .raw("</div>"));
    }

    private static void side(Html body, String side, String colour, RunSet set) {
        RunInfo info = set.first().info();
        body.raw("<div><h3><span class=\"" + colour + "\">" + side + "</span> ")
                .text(set.label())
                .raw("</h3>");
        String seeds = set.isSeveral() ? set.runs().size() + " seeds" : "seed " + info.seed();
        body.element("p", "class=\"note\"", info.scenario() + ", " + Quantity.whole(info.nodes()) + " nodes, " + seeds);
        body.element("code", "", info.command()).raw("</div>");
    }

    private void table(Html body) {
        long differing = comparison.differences().stream()
                .filter(each -> each.verdict() == Verdict.DIFFERS)
                .count();
        body.raw("<section><h2>What differs</h2>").element("p", "class=\"note\"", comparison.method());
        body.element(
                "p",
                "",
                differing == 0
                        ? "Nothing is known to differ beyond noise."
                        : Quantity.whole(differing) + (differing == 1 ? " number differs" : " numbers differ")
                                + " beyond noise.");
        rows(
                body,
                comparison.differences().stream().filter(ComparePage::isShown).toList());
        List<Difference> quiet =
                comparison.differences().stream().filter(each -> !isShown(each)).toList();
        if (!quiet.isEmpty()) {
            body.raw("<details><summary>")
                    .text(quiet.size() + " numbers that are equal, or differ no more than chance explains");
            rows(body.raw("</summary>"), quiet);
            body.raw("</details>");
        }
        body.raw("</section>");
    }

    private static boolean isShown(Difference each) {
        return each.verdict() != Verdict.EQUAL && each.verdict() != Verdict.WITHIN_NOISE;
    }

    private static void rows(Html body, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        body.raw("<div class=\"scroll\"><table class=\"numbers\"><thead><tr><th></th><th>A</th><th>B</th>")
                .raw("<th>change</th><th>effect</th><th>p</th><th>verdict</th></tr></thead><tbody>");
        differences.forEach(each -> row(body, each));
        body.raw("</tbody></table></div>");
    }

    private static void row(Html body, Difference each) {
        Quantity quantity = Quantity.of(each.unit());
        body.raw("<tr>").element("th", "scope=\"row\"", each.name());
        value(body, quantity, each.a());
        value(body, quantity, each.b());
        body.element("td", "", Wording.change(each))
                .element("td", "", Wording.effect(each))
                .element("td", "", Wording.probability(each));
        String loud = each.verdict().isLoud() ? "differs" : "quiet";
        body.element("td", "class=\"verdict " + loud + "\"", each.verdict().words())
                .raw("</tr>");
    }

    private static void value(Html body, Quantity quantity, Estimate estimate) {
        body.raw("<td>").text(quantity.show(estimate.value()));
        if (estimate.hasInterval() && estimate.high() > estimate.low()) {
            body.element("small", "", quantity.show(estimate.low()) + " – " + quantity.show(estimate.high()));
        }
        body.raw("</td>");
    }
}
