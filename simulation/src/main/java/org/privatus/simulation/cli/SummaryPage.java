package org.privatus.simulation.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.privatus.simulation.network.NetworkStatistics;
import org.privatus.simulation.scenario.Deliveries;
import org.privatus.simulation.scenario.SimulationReport;

/// A report as a person reads it.
final class SummaryPage {
    private static final int CRASHES_SHOWN = 10;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double BYTES_PER_KILOBYTE = 1e3;

    private final PrintWriter out;

    SummaryPage(PrintWriter out) {
        this.out = out;
    }

    void print(SimulationReport report) {
        run(report);
        messages(report.messages());
        network(report);
        counted(report.counters());
        crashes(report);
        line("trace", "%s", report.traceHash());
    }

    private void run(SimulationReport report) {
        SimulationReport.Cost cost = report.cost();
        line(
                "run",
                "%,d nodes, seed %d, %.0f s simulated in %.1f s (%.1f x real time)",
                report.options().nodes(),
                report.options().seed(),
                report.simulatedSeconds(),
                cost.wallSeconds(),
                cost.simulatedPerReal());
        line(
                "events",
                "%,d (%,.0f per second, %.1f CPU seconds)",
                report.events(),
                cost.eventsPerSecond(),
                cost.cpuSeconds());
        line(
                "nodes",
                "%,d joined; %,d people, %,d of them reachable",
                report.joined(),
                report.people(),
                report.ready());
    }

    private void messages(Deliveries.Summary messages) {
        line(
                "messages",
                "%,d sent, %,d delivered, %,d missing, %,d repeated, %,d acknowledged%s",
                messages.sent(),
                messages.delivered(),
                messages.missing(),
                messages.repeated(),
                messages.acknowledged(),
                messages.refused() + messages.unknown() == 0
                        ? ""
                        : ", " + messages.refused() + " refused, " + messages.unknown() + " unknown");
        line("delivery", "%s", messages.delivery());
        line("round trip", "%s; %.1f relays to the gateway", messages.acknowledgement(), messages.meanHops());
    }

    private void network(SimulationReport report) {
        NetworkStatistics network = report.network();
        line(
                "datagrams",
                "%,d sent, %,d delivered, %,d lost, %,d doubled; %.2f MB per node",
                network.sent(),
                network.delivered(),
                network.lost(),
                network.duplicated(),
                report.trafficBytesPerNode() / BYTES_PER_MEGABYTE);
        line("memory", "%,.0f kB per node", report.cost().heapBytesPerNode() / BYTES_PER_KILOBYTE);
    }

    private void counted(Map<String, Long> counters) {
        long lookups = count(counters, "dht.lookups");
        double each = Math.max(1, lookups);
        line(
                "lookups",
                "%,d, each %.1f requests and %.2f deep; %,d DHT requests in all, %,d without answer",
                lookups,
                count(counters, "dht.lookup.requests") / each,
                count(counters, "dht.lookup.depth") / each,
                count(counters, "dht.requests.asked"),
                count(counters, "dht.requests.given-up"));
        line(
                "circuits",
                "%,d built, %,d failed",
                count(counters, "circuits.built"),
                count(counters, "circuits.failed"));
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }

    private void crashes(SimulationReport report) {
        report.crashes().stream().limit(CRASHES_SHOWN).forEach(crash -> line("CRASHED", "%s", crash));
        if (report.crashes().size() > CRASHES_SHOWN) {
            line("CRASHED", "and %d more", report.crashes().size() - CRASHES_SHOWN);
        }
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
