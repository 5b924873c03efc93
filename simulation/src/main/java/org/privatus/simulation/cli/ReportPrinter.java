package org.privatus.simulation.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.Distribution;

/// Prints a report as a page or as JSON.
final class ReportPrinter {
    private final Terminal terminal;
    private final boolean json;

    ReportPrinter(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void print(RunReport report) {
        if (json) {
            terminal.out().println(tree(report));
        } else {
            new SummaryPage(terminal.out()).print(report);
        }
    }

    /// Null where no check failed in a part of a run: the rest might have.
    private static @Nullable Boolean sound(RunReport report) {
        if (report.measured().violationCount() > 0) {
            return false;
        }
        return report.partial().isPresent() ? null : true;
    }

    static ObjectNode tree(RunReport report) {
        var mapper = new ObjectMapper();
        ObjectNode tree = mapper.createObjectNode();
        tree.put("scenario", report.scenario().name())
                .put("command", report.command())
                .put("nodes", report.scenario().nodes())
                .put("seed", report.scenario().seed())
                .put("traceHash", report.outcome().traceHash())
                .put("events", report.outcome().events())
                .put("simulatedSeconds", report.simulatedSeconds())
                .put("partial", report.partial().isPresent())
                .put("partialReason", report.partial().orElse(null))
                .put("wallSeconds", report.wallSeconds())
                .put("cpuSeconds", report.cpuSeconds())
                .put("sound", sound(report));
        tree.set("messages", mapper.valueToTree(report.measured().messages()));
        ObjectNode times = tree.putObject("milliseconds");
        for (Distribution each : report.measured().distributions()) {
            times.putObject(each.metric().key())
                    .put("count", each.count())
                    .put("mean", each.meanMillis())
                    .put("p50", each.percentileMillis(50))
                    .put("p90", each.percentileMillis(90))
                    .put("p99", each.percentileMillis(99))
                    .put("max", each.maxMillis());
        }
        tree.set("counters", mapper.valueToTree(report.measured().counters()));
        ArrayNode violations = tree.putArray("violations");
        for (CheckViolation violation : report.violations()) {
            violations
                    .addObject()
                    .put("check", violation.check())
                    .put("node", violation.node())
                    .put("timeNanos", violation.timeNanos())
                    .put("line", violation.line());
        }
        return tree;
    }
}
