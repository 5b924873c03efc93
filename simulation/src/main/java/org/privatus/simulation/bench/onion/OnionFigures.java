package org.privatus.simulation.bench.onion;

import java.util.List;
import java.util.Optional;
import org.privatus.simulation.bench.harness.BenchRow;
import org.privatus.simulation.bench.harness.Figures;
import org.privatus.simulation.bench.harness.RowBook;

/// The figures of `bench onion`: keys, words, units, targets. Other programs are measured under the same keys.
public final class OnionFigures {
    public static final String BULK_RATE = "circuit.bulk.rate";
    public static final String BULK_CPU = "circuit.bulk.cpu";
    public static final String HOP_CPU = "circuit.bulk.cpu.hop";
    public static final String FOUR_RATE = "circuit.bulk4.rate";
    public static final String FOUR_CPU = "circuit.bulk4.cpu";
    public static final String PING_50 = "circuit.ping.p50";
    public static final String PING_99 = "circuit.ping.p99";
    public static final String BUSY_PING_50 = "circuit.ping.busy.p50";
    public static final String BUSY_PING_99 = "circuit.ping.busy.p99";
    public static final String HIDDEN_RATE = "hidden.bulk.rate";
    public static final String HIDDEN_CPU = "hidden.bulk.cpu";
    public static final String HIDDEN_FOUR_RATE = "hidden.bulk4.rate";
    public static final String HIDDEN_PING_50 = "hidden.ping.p50";
    public static final String HIDDEN_PING_99 = "hidden.ping.p99";
    public static final String FIRST_BYTE = "hidden.first-byte";
    public static final String BUILD_50 = "build.p50";
    public static final String BUILD_CPU = "build.cpu";
    public static final String BURST_RATE = "build.burst.rate";
    public static final String BURST_CPU = "build.burst.cpu";
    public static final String HELD_HEAP = "relay.held.heap";

    private static final String MEGABYTES = "MB/s";
    private static final String CPU = "CPU-s/GB";
    private static final String MILLIS = "ms";
    private static final String CPU_MILLIS = "CPU ms";

    private static final Figures FIGURES = new Figures()
            .atLeast(BULK_RATE, "3 hops, bulk, one stream", MEGABYTES, 60)
            .atMost(BULK_CPU, "  whole path", CPU, 22)
            .atMost(HOP_CPU, "  one relay", CPU, 4)
            .free(FOUR_RATE, "3 hops, bulk, 4 streams on 4 circuits", MEGABYTES)
            .free(FOUR_CPU, "  whole path", CPU)
            .atMost(PING_50, "100-byte ping over 3 hops, p50", MILLIS, 0.5)
            .atMost(PING_99, "  p99", MILLIS, 5)
            .atMost(BUSY_PING_50, "  beside a bulk transfer, p50", MILLIS, 3)
            .atMost(BUSY_PING_99, "  beside a bulk transfer, p99", MILLIS, 12)
            .atLeast(HIDDEN_RATE, "hidden to hidden, bulk, one stream", MEGABYTES, 40)
            .atMost(HIDDEN_CPU, "  whole path", CPU, 45)
            .free(HIDDEN_FOUR_RATE, "hidden to hidden, bulk, 4 streams", MEGABYTES)
            .free(HIDDEN_PING_50, "100-byte ping hidden to hidden, p50", MILLIS)
            .free(HIDDEN_PING_99, "  p99", MILLIS)
            .atMost(FIRST_BYTE, "hidden to hidden, first byte, lease cached", MILLIS, 30)
            .atMost(BUILD_50, "3-hop build, one by one, p50", MILLIS, 4)
            .atMost(BUILD_CPU, "  all processes, each", CPU_MILLIS, 2.5)
            .atLeast(BURST_RATE, "3-hop builds at once", "1/s", 500)
            .free(BURST_CPU, "  all processes, each", CPU_MILLIS)
            .atMost(HELD_HEAP, "heap of a relay full of circuits", "MB", 128);

    private OnionFigures() {}

    /// What was noted, in the order of the table.
    public static List<BenchRow> rows(RowBook ours, Optional<RowBook> others) {
        return FIGURES.rows(ours, others);
    }
}
