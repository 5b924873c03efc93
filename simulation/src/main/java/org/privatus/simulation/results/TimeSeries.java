package org.privatus.simulation.results;

import java.util.Arrays;

/// Numbers per simulated second, at most [#BUCKETS_MAX] of them: a longer run gets buckets of two seconds, then four, and so on.
/// Levels are kept as changes, so that those of several shards add up like everything else.
final class TimeSeries {
    static final int BUCKETS_MAX = 16_384;
    static final int SHIFT_MAX = 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int FIRST_CAPACITY = 128;

    private long[] buckets = new long[FIRST_CAPACITY];
    private int used;
    private int shift;
    private long total;

    /// @param atNanos negative times count as 0
    void add(long atNanos, long n) {
        int index = indexOf(atNanos);
        buckets[index] += n;
        total += n;
        used = Math.max(used, index + 1);
    }

    /// The sum of everything added; for a level, its last value.
    long total() {
        return total;
    }

    private int indexOf(long atNanos) {
        long second = Math.max(0, atNanos) / NANOS_PER_SECOND;
        while (second >> shift >= BUCKETS_MAX) {
            coarsen();
        }
        int index = (int) (second >> shift);
        growTo(index);
        return index;
    }

    private void growTo(int index) {
        if (index >= buckets.length) {
            buckets = Arrays.copyOf(buckets, Math.min(BUCKETS_MAX, Math.max(index + 1, 2 * buckets.length)));
        }
    }

    private void coarsen() {
        for (int i = 0; i < used; i++) {
            long value = buckets[i];
            buckets[i] = 0;
            buckets[i / 2] += value;
        }
        used = (used + 1) / 2;
        shift++;
    }

    void add(TimeSeries other) {
        while (shift < other.shift) {
            coarsen();
        }
        for (int i = 0; i < other.used; i++) {
            add(((long) i << other.shift) * NANOS_PER_SECOND, other.buckets[i]);
        }
    }

    void restoreShift(int seconds) {
        shift = seconds;
    }

    void restoreBucket(int index, long value) {
        growTo(index);
        buckets[index] = value;
        total += value;
        used = Math.max(used, index + 1);
    }

    /// Seconds in a bucket: 2 to this power.
    int shift() {
        return shift;
    }

    int used() {
        return used;
    }

    /// The number in a bucket; for a level, the change.
    long bucket(int index) {
        return index < used ? buckets[index] : 0;
    }

    /// As a plot or a table wants it, in buckets of `2^wantedShift` seconds, which is at least [#shift()].
    long[] values(int wantedShift, int count, boolean level) {
        var values = new long[count];
        for (int i = 0; i < used; i++) {
            int index = i >> (wantedShift - shift);
            if (index < count) {
                values[index] += buckets[i];
            }
        }
        for (int i = 1; level && i < count; i++) {
            values[i] += values[i - 1];
        }
        return values;
    }
}
