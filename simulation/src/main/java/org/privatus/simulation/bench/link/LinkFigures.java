package org.privatus.simulation.bench.link;

import java.util.List;
import java.util.Optional;
import org.privatus.simulation.bench.harness.BenchRow;
import org.privatus.simulation.bench.harness.Figures;
import org.privatus.simulation.bench.harness.RowBook;

/// The figures of `bench link`: keys, words, units, targets.
public final class LinkFigures {
    static final String BULK_RATE = "bulk.rate";
    static final String BULK_CPU = "bulk.cpu";
    static final String MESSAGE_RATE = "message.rate";
    static final String MESSAGE_CPU = "message.cpu";
    static final String PING_50 = "ping.p50";
    static final String PING_99 = "ping.p99";

    private static final Figures FIGURES = new Figures()
            .atLeast(BULK_RATE, "bulk, one way", "MB/s", 300)
            .atMost(BULK_CPU, "  both ends together", "CPU-s/GB", 3)
            .atLeast(MESSAGE_RATE, "100-byte messages", "1/s", 400_000)
            .atMost(MESSAGE_CPU, "  both ends together, each", "CPU µs", 5)
            .atMost(PING_50, "round trip of 100 bytes, p50", "ms", 0.1)
            .free(PING_99, "  p99", "ms");

    private LinkFigures() {}

    /// What was noted, in the order of the table.
    public static List<BenchRow> rows(RowBook measured) {
        return FIGURES.rows(measured, Optional.empty());
    }
}
