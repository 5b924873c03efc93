package org.privatus.simulation.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.results.ResultDirectoryException;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.compare.Comparison;
import org.privatus.simulation.results.compare.Difference;
import org.privatus.simulation.results.compare.Verdict;
import org.privatus.simulation.results.report.Wording;

/// `--compare A B`: prints what differs beyond noise and writes `compare.html`.
final class ComparisonRun {
    private final PrintWriter out;

    ComparisonRun(Terminal terminal) {
        this.out = terminal.out();
    }

    /// Compares.
    ///
    /// @param page where the page goes; into B if empty
    void run(Path a, Path b, Optional<Path> page) {
        try {
            Comparison comparison = Comparison.of(ResultDirectory.read(a), ResultDirectory.read(b));
            Path written = ResultDirectory.writeComparison(comparison, page.orElse(b.resolve("compare.html")));
            print(comparison, written);
        } catch (ResultDirectoryException e) {
            throw UserError.runtime(String.valueOf(e.getMessage()));
        }
    }

    private void print(Comparison comparison, Path page) {
        side("A", comparison.a());
        side("B", comparison.b());
        out.println();
        line("", "A", "B", "change", "effect", "p", "");
        comparison.differences().stream()
                .filter(each -> each.verdict() != Verdict.EQUAL)
                .forEach(each -> line(
                        each.name(),
                        Wording.value(each, each.a().value()),
                        Wording.value(each, each.b().value()),
                        Wording.change(each),
                        Wording.effect(each),
                        Wording.probability(each),
                        each.verdict().words()));
        long equal = comparison.differences().stream()
                .map(Difference::verdict)
                .filter(Verdict.EQUAL::equals)
                .count();
        out.println();
        out.println(equal + " more are equal. " + comparison.method());
        out.println(page);
    }

    private void side(String name, RunSet set) {
        String seeds = set.isSeveral()
                ? set.runs().size() + " seeds"
                : "seed " + set.first().info().seed();
        out.println(name + "  " + set.label() + ": " + set.first().info().scenario() + ", "
                + set.first().info().nodes() + " nodes, " + seeds
                + set.partial().map(why -> ", PARTIAL: " + why).orElse(""));
    }

    private void line(String name, String a, String b, String change, String effect, String p, String verdict) {
        String line =
                String.format(Locale.ROOT, "%-24s %12s %12s %10s %10s %8s  %s", name, a, b, change, effect, p, verdict);
        out.println(line.stripTrailing());
    }
}
