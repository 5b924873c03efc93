package org.privatus.simulation.results;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.Stream;

/// Everything a finished run measured, joined and ordered; immutable.
public final class Measurements {
    private final Map<Metric, Distribution> distributions;
    private final Map<Series, long[]> series;
    private final Map<Series, Long> totals;
    private final int secondsPerBucket;
    private final int buckets;
    private final SortedMap<String, Long> counters;
    private final Messages messages;
    private final List<CheckViolation> violations;
    private final SortedMap<String, Long> violated;

    private Measurements(
            Map<Metric, Distribution> distributions,
            Map<Series, TimeSeries> series,
            SortedMap<String, Long> counters,
            Messages messages,
            List<CheckViolation> violations,
            SortedMap<String, Long> violated) {
        this.distributions = distributions;
        int shift = series.values().stream().mapToInt(TimeSeries::shift).max().orElse(0);
        this.secondsPerBucket = 1 << shift;
        this.buckets = series.values().stream()
                .mapToInt(each -> bucketsAt(shift, each))
                .max()
                .orElse(0);
        this.series = new EnumMap<>(Series.class);
        this.totals = new EnumMap<>(Series.class);
        series.forEach((which, each) -> {
            this.series.put(which, each.values(shift, buckets, which.isLevel()));
            this.totals.put(which, each.total());
        });
        this.counters = counters;
        this.messages = messages;
        this.violations = List.copyOf(violations);
        this.violated = violated;
    }

    static Measurements of(
            Map<Metric, Samples> samples,
            Map<Series, TimeSeries> series,
            SortedMap<String, Long> counters,
            Messages messages,
            List<CheckViolation> violations,
            SortedMap<String, Long> violated) {
        var distributions = new EnumMap<Metric, Distribution>(Metric.class);
        samples.forEach((metric, each) -> distributions.put(metric, new Distribution(metric, each)));
        return new Measurements(distributions, series, counters, messages, violations, violated);
    }

    private static int bucketsAt(int shift, TimeSeries series) {
        return series.used() == 0 ? 0 : ((series.used() - 1) >> (shift - series.shift())) + 1;
    }

    public Distribution distribution(Metric metric) {
        Distribution found = distributions.get(metric);
        if (found == null) {
            throw new IllegalStateException("every metric has a distribution: " + metric);
        }
        return found;
    }

    /// Those with samples.
    public List<Distribution> distributions() {
        return Stream.of(Metric.values())
                .map(this::distribution)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /// How often it happened in the whole run; of a level, its last value.
    public long total(Series which) {
        return totals.getOrDefault(which, 0L);
    }

    /// Whether anything of the kind was counted.
    public boolean has(Series which) {
        for (long value : values(which)) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    /// Per bucket of [#secondsPerBucket()], [#buckets()] of them; a copy.
    public long[] values(Series which) {
        long[] found = series.get(which);
        return found == null ? new long[buckets] : found.clone();
    }

    /// 1 for up to 16,384 seconds, else a power of two.
    public int secondsPerBucket() {
        return secondsPerBucket;
    }

    public int buckets() {
        return buckets;
    }

    public SortedMap<String, Long> counters() {
        return Collections.unmodifiableSortedMap(counters);
    }

    public OptionalLong counter(String name) {
        Long found = counters.get(name);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /// Gives back the memory of single samples; percentiles and curves stay.
    void forgetSamples() {
        distributions.values().forEach(Distribution::forgetKept);
    }

    public Messages messages() {
        return messages;
    }

    /// The first in time, at most [Recording#VIOLATIONS_MAX].
    public List<CheckViolation> violations() {
        return violations;
    }

    /// How often each check failed.
    public SortedMap<String, Long> violated() {
        return Collections.unmodifiableSortedMap(violated);
    }

    public long violationCount() {
        return violated.values().stream().mapToLong(Long::longValue).sum();
    }
}
