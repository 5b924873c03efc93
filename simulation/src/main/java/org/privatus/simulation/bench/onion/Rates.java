package org.privatus.simulation.bench.onion;

import java.util.List;
import java.util.stream.IntStream;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Spread;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Figures of outcomes.
final class Rates {
    static final double BYTES_PER_GIGABYTE = 1e9;
    static final double NANOS_PER_MILLI = 1e6;
    static final double NANOS_PER_SECOND = 1e9;
    static final double MILLIS_PER_SECOND = 1e3;

    private static final double BYTES_PER_MEGABYTE = 1e6;

    private Rates() {}

    /// So many bytes in equal parts.
    static Work[] shares(long bytes, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(_ -> Work.sink(Math.max(1, bytes / parts)))
                .toArray(Work[]::new);
    }

    /// MB/s of all outcomes together, which began at once.
    static double megabytesPerSecond(List<Outcome> outcomes) {
        long bytes = outcomes.stream().mapToLong(Outcome::bytes).sum();
        long nanos = outcomes.stream().mapToLong(Outcome::nanos).max().orElseThrow();
        return bytes / BYTES_PER_MEGABYTE / (nanos / NANOS_PER_SECOND);
    }

    static double perGigabyte(double cpuSeconds, List<Outcome> outcomes) {
        return cpuSeconds / (outcomes.stream().mapToLong(Outcome::bytes).sum() / BYTES_PER_GIGABYTE);
    }

    /// The middle of the latencies and the value that one in a hundred exceeds.
    static void notePings(Outcome pings, String middle, String tail, RowBook book) {
        long[] nanos =
                pings.latenciesNanos().stream().mapToLong(Long::longValue).toArray();
        book.note(middle, Spread.quantile(nanos, 0.5) / NANOS_PER_MILLI);
        book.note(tail, Spread.quantile(nanos, 0.99) / NANOS_PER_MILLI);
    }
}
