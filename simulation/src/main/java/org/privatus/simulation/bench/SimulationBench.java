package org.privatus.simulation.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.privatus.node.terminal.Table;

/// The best round of each size, as tables or as JSON.
final class SimulationBench {
    private final List<Kad1Measurement> best;

    /// @param rounds of each size; all rounds of a size have one hash, or the run was not the same
    SimulationBench(List<List<Kad1Measurement>> rounds) {
        this.best = rounds.stream().map(SimulationBench::best).toList();
    }

    private static Kad1Measurement best(List<Kad1Measurement> rounds) {
        if (rounds.stream().map(Kad1Measurement::traceHash).distinct().count() > 1) {
            throw new IllegalStateException("rounds of one size differ: " + rounds);
        }
        return rounds.stream()
                .max(Comparator.comparingDouble(Kad1Measurement::lookupsPerCpuSecond))
                .orElseThrow();
    }

    void print(PrintWriter out) {
        out.println("KAD-1 on the shipped nodes, one thread; CPU time of the loop's thread, collection beside it.");
        out.println();
        cost().print(out);
        out.println();
        out.println("What came out, and what three independent implementations agree on (in brackets):");
        out.println();
        outcome().print(out);
        out.println();
        out.println("Lookups per CPU-second of others, measured on another day on a loaded machine:");
        out.println();
        others().print(out);
    }

    private Table cost() {
        Table table = Table.of(
                "nodes",
                "α",
                "lookups/CPU s",
                "events/CPU s",
                "CPU s",
                "wall s",
                "collection s",
                "set-up CPU s",
                "B/idle node",
                "B/request");
        for (Kad1Measurement run : best) {
            table.row(
                    number(run.nodes()),
                    run.parallelism(),
                    number(run.lookupsPerCpuSecond()),
                    number(run.eventsPerCpuSecond()),
                    decimals(run.cpuSeconds(), 1),
                    decimals(run.wallSeconds(), 1),
                    decimals(run.collectionSeconds(), 1),
                    decimals(run.setupSeconds(), 1),
                    number((double) run.bytesPerIdleNode()),
                    number(run.allocatedPerRequest()));
        }
        return table;
    }

    private Table outcome() {
        Table table = Table.of("nodes", "α", "requests/lookup", "depth", "latency ms", "success", "hash");
        for (Kad1Measurement run : best) {
            Optional<Published.Conformance> agreed = Published.conformance(run.nodes(), run.parallelism());
            table.row(
                    number(run.nodes()),
                    run.parallelism(),
                    decimals(run.requestsPerLookup(), 2)
                            + agreed.map(row -> beside(row.requests(), 2)).orElse(""),
                    decimals(run.depth(), 2)
                            + agreed.map(row -> beside(row.depth(), 2)).orElse(""),
                    decimals(run.meanLatencyMillis(), 0)
                            + agreed.map(row -> beside(row.latencyMillis(), 0)).orElse(""),
                    decimals(run.success(), 4)
                            + agreed.map(row -> beside(row.success(), 4)).orElse(""),
                    run.traceHash());
        }
        return table;
    }

    private static Table others() {
        Table table = Table.of("simulator", "1,000", "10,000", "100,000", "1,000,000", "B/node at 100,000");
        for (Published.Simulator simulator : Published.SIMULATORS) {
            List<String> rates = simulator.lookupsPerCpuSecond().stream()
                    .map(rate -> rate.map(SimulationBench::number).orElse("cannot"))
                    .toList();
            table.row(
                    simulator.name(),
                    rates.get(0),
                    rates.get(1),
                    rates.get(2),
                    rates.get(3),
                    number(simulator.bytesPerNode()));
        }
        return table;
    }

    /// An array with one object per size: the fields of [Kad1Measurement] and the two rates.
    String json() throws JsonProcessingException {
        var mapper = new ObjectMapper();
        var all = mapper.createArrayNode();
        for (Kad1Measurement run : best) {
            ObjectNode one = mapper.valueToTree(run);
            one.put("lookupsPerCpuSecond", run.lookupsPerCpuSecond());
            one.put("eventsPerCpuSecond", run.eventsPerCpuSecond());
            all.add(one);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private static String beside(double agreed, int decimals) {
        return " (" + decimals(agreed, decimals) + ")";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String decimals(double value, int count) {
        return String.format(Locale.ROOT, "%,." + count + "f", value);
    }
}
