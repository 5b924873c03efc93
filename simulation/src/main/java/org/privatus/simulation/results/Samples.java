package org.privatus.simulation.results;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.privatus.simulation.random.Mix;

/// The samples of one metric: a histogram of all, and single samples of which at most [#KEPT_MAX] stay.
///
/// Which samples stay is decided by a hash of (seed, metric, time, node, value): those whose hash begins with `level` zero bits,
/// for the smallest level at which the limit holds. That depends on the set of samples alone, never on their order or on where
/// they were recorded. While nothing was dropped all are there; afterwards between half of the limit and the limit.
///
/// Recording allocates nothing but amortised growth.
final class Samples {
    static final int KEPT_MAX = 100_000;
    static final long NANOS_PER_MICRO = 1000;

    /// One day; longer values count as one day in the histogram, while [#maxNanos()] stays exact.
    static final long MICROS_MAX = 86_400_000_000L;

    private static final int FIRST_CAPACITY = 256;
    private static final int LEVEL_MAX = 64;

    private final long key;
    private final Histogram histogram = new Histogram(3);
    private long sumNanos;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos = Long.MIN_VALUE;
    private int level;
    private int kept;
    private long[] times = new long[FIRST_CAPACITY];
    private int[] nodes = new int[FIRST_CAPACITY];
    private long[] values = new long[FIRST_CAPACITY];

    Samples(long seed, Metric metric) {
        this.key = Mix.of(seed, Mix.of(metric.key()));
    }

    void record(long atNanos, int node, long valueNanos) {
        long value = Math.max(0, valueNanos);
        histogram.recordValue(Math.min(value / NANOS_PER_MICRO, MICROS_MAX));
        sumNanos += value;
        minNanos = Math.min(minNanos, value);
        maxNanos = Math.max(maxNanos, value);
        keep(atNanos, node, value);
    }

    private void keep(long atNanos, int node, long value) {
        if (!stays(atNanos, node, value)) {
            return;
        }
        if (kept == times.length) {
            int capacity = Math.min(2 * kept, KEPT_MAX + 1);
            times = Arrays.copyOf(times, capacity);
            nodes = Arrays.copyOf(nodes, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        times[kept] = atNanos;
        nodes[kept] = node;
        values[kept] = value;
        kept++;
        if (kept > KEPT_MAX) {
            thin();
        }
    }

    private boolean stays(long atNanos, int node, long value) {
        return level == 0 || Long.numberOfLeadingZeros(Mix.of(Mix.of(key ^ node, atNanos), value)) >= level;
    }

    private void thin() {
        while (kept > KEPT_MAX && level < LEVEL_MAX) {
            raiseTo(level + 1);
        }
        kept = Math.min(kept, KEPT_MAX);
    }

    private void raiseTo(int newLevel) {
        level = newLevel;
        int left = 0;
        for (int i = 0; i < kept; i++) {
            if (stays(times[i], nodes[i], values[i])) {
                times[left] = times[i];
                nodes[left] = nodes[i];
                values[left] = values[i];
                left++;
            }
        }
        kept = left;
    }

    void add(Samples other) {
        histogram.add(other.histogram);
        sumNanos += other.sumNanos;
        minNanos = Math.min(minNanos, other.minNanos);
        maxNanos = Math.max(maxNanos, other.maxNanos);
        if (other.level > level) {
            raiseTo(other.level);
        }
        for (int i = 0; i < other.kept; i++) {
            keep(other.times[i], other.nodes[i], other.values[i]);
        }
    }

    /// Restores what [#add] and [#record] had summed up; the samples and the histogram's counts follow.
    void restore(long sum, long min, long max, int thinned) {
        sumNanos = sum;
        minNanos = min;
        maxNanos = max;
        level = thinned;
    }

    void restoreCount(long micros, long count) {
        histogram.recordValueWithCount(micros, count);
    }

    void restoreKept(long atNanos, int node, long value) {
        keep(atNanos, node, value);
    }

    /// Orders the kept samples by time, node and value: what two recordings of the same samples then hold is equal.
    void sort() {
        int[] order = IntStream.range(0, kept)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> times[i])
                        .thenComparingInt(i -> nodes[i])
                        .thenComparingLong(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        times = Arrays.stream(order).mapToLong(i -> times[i]).toArray();
        nodes = Arrays.stream(order).map(i -> nodes[i]).toArray();
        values = Arrays.stream(order).mapToLong(i -> values[i]).toArray();
        if (kept == 0) {
            times = new long[FIRST_CAPACITY];
            nodes = new int[FIRST_CAPACITY];
            values = new long[FIRST_CAPACITY];
        }
    }

    void forgetKept() {
        kept = 0;
        sort();
    }

    long count() {
        return histogram.getTotalCount();
    }

    Histogram histogram() {
        return histogram;
    }

    long sumNanos() {
        return sumNanos;
    }

    long minNanos() {
        return minNanos;
    }

    long maxNanos() {
        return maxNanos;
    }

    int level() {
        return level;
    }

    int kept() {
        return kept;
    }

    long time(int index) {
        return times[index];
    }

    int node(int index) {
        return nodes[index];
    }

    long value(int index) {
        return values[index];
    }
}
