package org.privatus.simulation.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.CounterNames;
import org.privatus.simulation.results.Distribution;
import org.privatus.simulation.results.Messages;
import org.privatus.simulation.results.Metric;
import org.privatus.simulation.results.Series;
import org.privatus.simulation.scenario.Workload;
import org.privatus.simulation.trace.Breakpoint;

/// A report as a person reads it.
final class SummaryPage {
    private static final int VIOLATIONS_SHOWN = 10;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;

    SummaryPage(PrintWriter out) {
        this.out = out;
    }

    void print(RunReport report) {
        run(report);
        switch (report.scenario().workload()) {
            case Workload.Messages _ -> messages(report);
            case Workload.Lookups _ -> {}
        }
        network(report);
        lookups(report);
        line("trace", "%s", report.outcome().traceHash());
        violations(report);
    }

    private void run(RunReport report) {
        line(
                "run",
                "%s: %,d nodes, seed %d, %.0f s simulated in %.1f s (%.1f x real time)%s",
                report.scenario().name(),
                report.scenario().nodes(),
                report.scenario().seed(),
                report.simulatedSeconds(),
                report.wallSeconds(),
                report.simulatedSeconds() / report.wallSeconds(),
                report.partial().map(reason -> ", PARTIAL: " + reason).orElse(""));
        line(
                "events",
                "%,d (%,.0f per CPU second, %.1f CPU seconds)",
                report.outcome().events(),
                report.outcome().events() / Math.max(report.cpuSeconds(), 1e-3),
                report.cpuSeconds());
    }

    private void messages(RunReport report) {
        line("nodes", "%,d joined; %,d people", report.counter("nodes.joined"), report.counter("people"));
        Messages messages = report.measured().messages();
        line(
                "messages",
                "%,d sent, %,d delivered, %,d %s, %,d repeated, %,d acknowledged%s",
                messages.sent(),
                messages.delivered(),
                messages.missing(),
                report.partial().isPresent() ? "not delivered yet" : "missing",
                messages.repeated(),
                messages.acknowledged(),
                messages.refused() + messages.unknown() == 0
                        ? ""
                        : ", " + messages.refused() + " refused, " + messages.unknown() + " unknown");
        line("delivery", "%s", times(report.measured().distribution(Metric.DELIVERY)));
        line(
                "round trip",
                "%s; %.1f relays to the gateway",
                times(report.measured().distribution(Metric.ACKNOWLEDGEMENT)),
                messages.meanRelays());
        line("ready", "%s after a start", times(report.measured().distribution(Metric.RECOVERY)));
        line("circuits", "%,d built, %,d failed", report.counter("circuits.built"), report.counter("circuits.failed"));
    }

    private void network(RunReport report) {
        line(
                "datagrams",
                "%,d sent, %,d lost; %.2f MB per node",
                report.measured().total(Series.DATAGRAMS),
                report.measured().total(Series.LOST),
                report.measured().total(Series.BYTES)
                        / BYTES_PER_MEGABYTE
                        / report.scenario().nodes());
    }

    private void lookups(RunReport report) {
        long lookups = report.counter("dht.lookups");
        if (lookups == 0) {
            return;
        }
        double requests = report.counter("dht.lookup.requests") / (double) lookups;
        double depth = report.counter(CounterNames.LOOKUP_DEPTH) / (double) lookups;
        long begun = report.counter(CounterNames.LOOKUPS_BEGUN);
        if (begun > 0) {
            double found = report.counter(CounterNames.LOOKUP_SUCCESSES) / (double) begun;
            double perSecond = lookups / Math.max(report.cpuSeconds(), 1e-3);
            line("lookups", "%,d (%,.0f per CPU second), %.4f found their node", lookups, perSecond, found);
            double mean = report.measured().distribution(Metric.LOOKUP).meanMillis();
            line("each", "%.2f requests, %.2f deep, %.0f ms on average", requests, depth, mean);
            return;
        }
        line(
                "lookups",
                "%,d, each %.1f requests and %.2f deep; %,d DHT requests in all, %,d without answer",
                lookups,
                requests,
                depth,
                report.counter("dht.requests.asked"),
                report.counter("dht.requests.given-up"));
    }

    private void violations(RunReport report) {
        long all = report.measured().violationCount();
        if (all == 0) {
            return;
        }
        report.violations().stream().limit(VIOLATIONS_SHOWN).forEach(this::violation);
        if (all > VIOLATIONS_SHOWN) {
            line("FAILED", "and %,d more", all - VIOLATIONS_SHOWN);
        }
        line("replay", "%s", report.command());
        report.violations().stream()
                .filter(violation -> violation.node() >= 0)
                .findFirst()
                .ifPresent(violation -> line(
                        "look",
                        "--until %s with it shows the nodes at that moment",
                        Breakpoint.at(violation.timeNanos(), violation.node())));
    }

    private void violation(CheckViolation violation) {
        line(
                "FAILED",
                "%s at %.3f s%s: %s",
                violation.check(),
                violation.timeNanos() / NANOS_PER_SECOND,
                violation.node() < 0 ? "" : ", node " + violation.node(),
                violation.line());
    }

    /// One line for a person.
    private static String times(Distribution times) {
        return times.isEmpty()
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms",
                        times.percentileMillis(50),
                        times.percentileMillis(90),
                        times.percentileMillis(99),
                        times.maxMillis());
    }

    private void line(String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-12s " + format + "%n", prepend(name, values));
    }

    private static Object[] prepend(String name, Object... values) {
        var all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }
}
