package org.privatus.simulation.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;

/// What one shard saw: samples, numbers per second, totals, messages and violations. Recordings of all shards of a run are merged
/// with [#add]; the result is the same whatever the number of shards and the order of merging.
///
/// Belongs to one thread. Recording allocates nothing per call but amortised growth and the first use of a name, so that it can
/// stand on hot paths; still, what happens millions of times per second is better counted in a field and handed over once per
/// second. Everything is bounded: [Samples#KEPT_MAX] samples per metric beside an exact count, sum, smallest and largest and a
/// histogram with three digits; [TimeSeries#BUCKETS_MAX] seconds or multiples; [#NAMES_MAX] counters; [MessageLog#KEPT_MAX]
/// messages; [#VIOLATIONS_MAX] violations beside their number.
public final class Recording {
    public static final int NAMES_MAX = 1_000;
    public static final int NAME_LENGTH_MAX = 200;
    public static final int VIOLATIONS_MAX = 100;

    private final long seed;
    private final Map<Metric, Samples> samples = new EnumMap<>(Metric.class);
    private final Map<Series, TimeSeries> series = new EnumMap<>(Series.class);
    private final NavigableMap<String, Counter> counters = new TreeMap<>();
    private final MessageLog messages = new MessageLog();
    private final TreeSet<CheckViolation> violations = new TreeSet<>();
    private final NavigableMap<String, Counter> violated = new TreeMap<>();

    /// A number with a way of merging.
    static final class Counter {
        private final boolean highest;
        private long value;

        Counter(boolean highest, long value) {
            this.highest = highest;
            this.value = value;
        }

        void take(long n) {
            value = operator().applyAsLong(value, n);
        }

        private LongBinaryOperator operator() {
            return highest ? Math::max : Long::sum;
        }

        boolean isHighest() {
            return highest;
        }

        long value() {
            return value;
        }
    }

    /// An empty recording.
    ///
    /// @param seed of the run; decides which samples are kept
    public Recording(long seed) {
        this.seed = seed;
        for (Series each : Series.values()) {
            series.put(each, new TimeSeries());
        }
    }

    /// Something took this long.
    ///
    /// @param valueNanos negative values count as 0
    public void sample(Metric metric, long atNanos, int node, long valueNanos) {
        samplesOf(metric).record(atNanos, node, valueNanos);
    }

    /// Something happened `n` times. The series of messages are counted by [#sent], [#shown] and [#acknowledged].
    public void count(Series which, long atNanos, long n) {
        if (which.isLevel()) {
            throw new IllegalArgumentException(which + " is a level");
        }
        seriesOf(which).add(atNanos, n);
    }

    /// A level from now on, until it is set again. Levels of shards add up. Times never go back.
    public void gauge(Series which, long atNanos, long value) {
        if (!which.isLevel()) {
            throw new IllegalArgumentException(which + " is no level");
        }
        TimeSeries levels = seriesOf(which);
        levels.add(atNanos, value - levels.total());
    }

    /// A total with a name of the caller's; merged by adding.
    ///
    /// @throws IllegalStateException beyond [#NAMES_MAX] names
    public void counter(String name, long n) {
        counterOf(counters, name, false).take(n);
    }

    /// The highest value of something, merged as the highest.
    ///
    /// @throws IllegalStateException beyond [#NAMES_MAX] names
    public void highest(String name, long value) {
        counterOf(counters, name, true).take(value);
    }

    private static Counter counterOf(NavigableMap<String, Counter> where, String name, boolean highest) {
        Counter found = where.get(name);
        if (found == null) {
            if (where.size() >= NAMES_MAX || name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
                throw new IllegalStateException("counter '" + name + "': at most " + NAMES_MAX + " names, each of 1 to "
                        + NAME_LENGTH_MAX + " characters");
            }
            found = new Counter(highest, highest ? Long.MIN_VALUE : 0);
            where.put(name, found);
        }
        if (found.isHighest() != highest) {
            throw new IllegalStateException("'" + name + "' is both a total and a highest value");
        }
        return found;
    }

    /// A person wrote a message and the node took it. Recorded where the sender lives; counted in [Series#SENT].
    ///
    /// @param messageId unique in the run, whatever the shard
    public void sent(long messageId, int from, int to, long atNanos) {
        messages.sent(messageId, from, to, atNanos);
        seriesOf(Series.SENT).add(atNanos, 1);
    }

    /// A person saw a message. Recorded where that is; counted in [Series#DELIVERED].
    public void shown(long messageId, int at, long atNanos) {
        messages.shown(messageId, at, atNanos);
        seriesOf(Series.DELIVERED).add(atNanos, 1);
    }

    /// The sender was told that the message arrived. Recorded where the sender lives; counted in [Series#ACKNOWLEDGED].
    ///
    /// @param relays between the two nodes on the sender's side
    public void acknowledged(long messageId, int relays, long atNanos) {
        messages.acknowledged(messageId, relays, atNanos);
        seriesOf(Series.ACKNOWLEDGED).add(atNanos, 1);
    }

    /// The sender's own node did not take a message that was given to [#sent].
    public void refused(long messageId, long atNanos) {
        messages.refused(messageId, atNanos);
    }

    /// Something that must hold did not. All are counted, the first [#VIOLATIONS_MAX] in time are kept.
    public void violation(CheckViolation violation) {
        counterOf(violated, violation.check(), false).take(1);
        keep(violation);
    }

    private void keep(CheckViolation violation) {
        violations.add(violation);
        if (violations.size() > VIOLATIONS_MAX) {
            violations.removeLast();
        }
    }

    /// Takes over everything of another shard's recording, which is left as it is.
    ///
    /// @throws IllegalArgumentException if the other is of another seed
    public void add(Recording other) {
        if (other.seed != seed) {
            throw new IllegalArgumentException("recordings of two seeds do not merge: " + seed + ", " + other.seed);
        }
        other.samples.forEach((metric, theirs) -> samplesOf(metric).add(theirs));
        other.series.forEach((which, theirs) -> seriesOf(which).add(theirs));
        other.counters.forEach(
                (name, theirs) -> counterOf(counters, name, theirs.isHighest()).take(theirs.value()));
        messages.add(other.messages);
        other.violations.forEach(this::keep);
        other.violated.forEach(
                (check, theirs) -> counterOf(violated, check, false).take(theirs.value()));
    }

    /// One recording of several, none of which is changed.
    ///
    /// @throws IllegalArgumentException if there is none or they are of several seeds
    public static Recording merged(List<Recording> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing to merge");
        }
        var whole = new Recording(parts.getFirst().seed);
        parts.forEach(whole::add);
        return whole;
    }

    /// What all this says, with senders and receivers joined. Changes nothing here.
    public Measurements measurements() {
        var joined = new EnumMap<Metric, Samples>(Metric.class);
        for (Metric metric : Metric.values()) {
            var all = new Samples(seed, metric);
            Samples recorded = samples.get(metric);
            if (recorded != null) {
                all.add(recorded);
            }
            joined.put(metric, all);
        }
        Messages followed = new MessageJoin(
                        messages, samplesIn(joined, Metric.DELIVERY), samplesIn(joined, Metric.ACKNOWLEDGEMENT))
                .join();
        return Measurements.of(
                joined, series, valuesOf(counters), followed, new ArrayList<>(violations), valuesOf(violated));
    }

    private static SortedMap<String, Long> valuesOf(NavigableMap<String, Counter> counted) {
        var values = new TreeMap<String, Long>();
        counted.forEach((name, counter) -> values.put(name, counter.value()));
        return Collections.unmodifiableSortedMap(values);
    }

    /// For other processes; see [RecordingCodec] for the layout.
    public byte[] toBytes() {
        return RecordingCodec.encode(this);
    }

    /// What [#toBytes()] wrote.
    ///
    /// @throws MalformedRecordingException if the bytes are none of [#toBytes()] of this version
    public static Recording fromBytes(byte[] bytes) throws MalformedRecordingException {
        return RecordingCodec.decode(bytes);
    }

    Samples samplesOf(Metric metric) {
        Samples found = samples.get(metric);
        if (found == null) {
            found = new Samples(seed, metric);
            samples.put(metric, found);
        }
        return found;
    }

    private Samples samplesIn(Map<Metric, Samples> where, Metric metric) {
        return where.computeIfAbsent(metric, each -> new Samples(seed, each));
    }

    TimeSeries seriesOf(Series which) {
        TimeSeries found = series.get(which);
        if (found == null) {
            throw new IllegalStateException("every series exists: " + which);
        }
        return found;
    }

    void restoreCounter(boolean ofViolations, String name, boolean highest, long value) {
        counterOf(ofViolations ? violated : counters, name, highest).take(value);
    }

    void restoreViolation(CheckViolation violation) {
        keep(violation);
    }

    public long seed() {
        return seed;
    }

    Map<Metric, Samples> samples() {
        return samples;
    }

    NavigableMap<String, Counter> counters() {
        return counters;
    }

    NavigableMap<String, Counter> violated() {
        return violated;
    }

    MessageLog messageLog() {
        return messages;
    }

    SortedSet<CheckViolation> violations() {
        return violations;
    }
}
