package org.privatus.simulation.results;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.HdrHistogram.HistogramIterationValue;

/// A recording as bytes, big-endian. Equal recordings have equal bytes.
///
/// ```
/// "PRec" | version u16 | seed i64
/// text = u16 length, UTF-8
/// metrics u8, each: key (text) | sum i64 | min i64 | max i64 | level u8
///                   | values u32, each: micros i64, count i64
///                   | kept u32, each: time i64, node i32, value i64
/// series u8, each:  key (text) | shift u8 | used u32 | used × i64
/// counters u16, violation counts u16, each: name (text) | highest u8 | value i64
/// violations u8, each: check, line (text) | node i32 | time i64
/// messages: level u8; sent, shown, acknowledged, refused: size u32, each: id i64, time i64, first i32, second i32
/// ```
///
/// Every number of things is compared with its limit and with the bytes that are left before anything is allocated for it.
final class RecordingCodec {
    private static final int MAGIC = 0x50526563;
    private static final int VERSION = 1;
    private static final int VALUE_BYTES = 16;
    private static final int SAMPLE_BYTES = 20;
    private static final int EVENT_BYTES = 24;
    private static final int HISTOGRAM_VALUES_MAX = 1 << 16;
    private static final int LEVEL_MAX = 64;

    private RecordingCodec() {}

    static byte[] encode(Recording recording) {
        var bytes = new ByteArrayOutputStream(1 << 16);
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeShort(VERSION);
            out.writeLong(recording.seed());
            writeMetrics(out, recording);
            writeSeries(out, recording);
            writeCounters(out, recording);
            writeViolations(out, recording);
            writeMessages(out, recording.messageLog());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void writeMetrics(DataOutputStream out, Recording recording) throws IOException {
        out.writeByte(recording.samples().size());
        for (var entry : recording.samples().entrySet()) {
            Samples samples = entry.getValue();
            samples.sort();
            writeText(out, entry.getKey().key());
            out.writeLong(samples.sumNanos());
            out.writeLong(samples.minNanos());
            out.writeLong(samples.maxNanos());
            out.writeByte(samples.level());
            writeHistogram(out, samples);
            out.writeInt(samples.kept());
            for (int i = 0; i < samples.kept(); i++) {
                out.writeLong(samples.time(i));
                out.writeInt(samples.node(i));
                out.writeLong(samples.value(i));
            }
        }
    }

    private static void writeHistogram(DataOutputStream out, Samples samples) throws IOException {
        int values = 0;
        for (var _ : samples.histogram().recordedValues()) {
            values++;
        }
        out.writeInt(values);
        for (HistogramIterationValue each : samples.histogram().recordedValues()) {
            out.writeLong(each.getValueIteratedTo());
            out.writeLong(each.getCountAtValueIteratedTo());
        }
    }

    private static void writeSeries(DataOutputStream out, Recording recording) throws IOException {
        out.writeByte(Series.values().length);
        for (Series which : Series.values()) {
            TimeSeries series = recording.seriesOf(which);
            writeText(out, which.key());
            out.writeByte(series.shift());
            out.writeInt(series.used());
            for (int i = 0; i < series.used(); i++) {
                out.writeLong(series.bucket(i));
            }
        }
    }

    private static void writeCounters(DataOutputStream out, Recording recording) throws IOException {
        for (var counted : List.of(recording.counters(), recording.violated())) {
            out.writeShort(counted.size());
            for (var entry : counted.entrySet()) {
                writeText(out, entry.getKey());
                out.writeBoolean(entry.getValue().isHighest());
                out.writeLong(entry.getValue().value());
            }
        }
    }

    private static void writeViolations(DataOutputStream out, Recording recording) throws IOException {
        out.writeByte(recording.violations().size());
        for (CheckViolation violation : recording.violations()) {
            writeText(out, violation.check());
            writeText(out, violation.line());
            out.writeInt(violation.node());
            out.writeLong(violation.timeNanos());
        }
    }

    private static void writeMessages(DataOutputStream out, MessageLog log) throws IOException {
        out.writeByte(log.level());
        for (MessageEvents unsorted : log.kinds()) {
            MessageEvents events = unsorted.sorted();
            out.writeInt(events.size());
            for (int i = 0; i < events.size(); i++) {
                out.writeLong(events.message(i));
                out.writeLong(events.time(i));
                out.writeInt(events.first(i));
                out.writeInt(events.second(i));
            }
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(encoded.length);
        out.write(encoded);
    }

    static Recording decode(byte[] bytes) throws MalformedRecordingException {
        var in = ByteBuffer.wrap(bytes);
        try {
            check(in.getInt() == MAGIC, "these bytes are no recording");
            int version = in.getShort();
            check(version == VERSION, "a recording of version " + version + "; this program reads version " + VERSION);
            var recording = new Recording(in.getLong());
            readMetrics(in, recording);
            readSeries(in, recording);
            readCounters(in, recording, false);
            readCounters(in, recording, true);
            readViolations(in, recording);
            readMessages(in, recording.messageLog());
            check(!in.hasRemaining(), "bytes after the end of the recording");
            return recording;
        } catch (BufferUnderflowException e) {
            throw new MalformedRecordingException("the recording is cut short");
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new MalformedRecordingException("a recording that cannot be: " + e.getMessage());
        }
    }

    private static void readMetrics(ByteBuffer in, Recording recording) throws MalformedRecordingException {
        int metrics = in.get() & 0xFF;
        for (int m = 0; m < metrics; m++) {
            Samples samples = recording.samplesOf(named(Metric.values(), Metric::key, readText(in)));
            check(samples.count() == 0, "a metric that stands twice");
            samples.restore(in.getLong(), in.getLong(), in.getLong(), upTo(LEVEL_MAX, in.get()));
            int values = number(in, HISTOGRAM_VALUES_MAX, VALUE_BYTES);
            for (int i = 0; i < values; i++) {
                long micros = in.getLong();
                long count = in.getLong();
                check(micros >= 0 && micros < 2 * Samples.MICROS_MAX && count > 0, "a value outside its range");
                samples.restoreCount(Math.min(micros, Samples.MICROS_MAX), count);
            }
            int kept = number(in, Samples.KEPT_MAX, SAMPLE_BYTES);
            for (int i = 0; i < kept; i++) {
                samples.restoreKept(in.getLong(), in.getInt(), in.getLong());
            }
        }
    }

    private static void readSeries(ByteBuffer in, Recording recording) throws MalformedRecordingException {
        int count = in.get() & 0xFF;
        for (int s = 0; s < count; s++) {
            TimeSeries series = recording.seriesOf(named(Series.values(), Series::key, readText(in)));
            check(series.used() == 0, "a series that stands twice");
            series.restoreShift(upTo(TimeSeries.SHIFT_MAX, in.get()));
            int used = number(in, TimeSeries.BUCKETS_MAX, Long.BYTES);
            for (int i = 0; i < used; i++) {
                series.restoreBucket(i, in.getLong());
            }
        }
    }

    private static void readCounters(ByteBuffer in, Recording recording, boolean ofViolations)
            throws MalformedRecordingException {
        int count = in.getShort() & 0xFFFF;
        for (int i = 0; i < count; i++) {
            recording.restoreCounter(ofViolations, readText(in), in.get() != 0, in.getLong());
        }
    }

    private static void readViolations(ByteBuffer in, Recording recording) throws MalformedRecordingException {
        int count = in.get() & 0xFF;
        for (int i = 0; i < count; i++) {
            String check = readText(in);
            String line = readText(in);
            recording.restoreViolation(new CheckViolation(check, in.getInt(), in.getLong(), line));
        }
    }

    private static void readMessages(ByteBuffer in, MessageLog log) throws MalformedRecordingException {
        log.raiseTo(upTo(LEVEL_MAX, in.get()));
        for (MessageEvents events : log.kinds()) {
            int size = number(in, MessageLog.KEPT_MAX, EVENT_BYTES);
            for (int i = 0; i < size; i++) {
                events.add(in.getLong(), in.getLong(), in.getInt(), in.getInt());
            }
        }
    }

    private static String readText(ByteBuffer in) throws MalformedRecordingException {
        int length = in.getShort() & 0xFFFF;
        check(length <= in.remaining(), "the recording is cut short");
        byte[] encoded = new byte[length];
        in.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    private static int number(ByteBuffer in, int limit, int bytesEach) throws MalformedRecordingException {
        int number = in.getInt();
        check(number >= 0 && number <= limit, number + " entries where at most " + limit + " can be");
        check((long) number * bytesEach <= in.remaining(), "the recording is cut short");
        return number;
    }

    private static int upTo(int limit, int value) throws MalformedRecordingException {
        check(value >= 0 && value <= limit, "a level outside 0 to " + limit);
        return value;
    }

    private static <T> T named(T[] values, Function<T, String> key, String wanted) throws MalformedRecordingException {
        for (T value : values) {
            if (key.apply(value).equals(wanted)) {
                return value;
            }
        }
        throw new MalformedRecordingException("an unknown metric or series");
    }

    private static void check(boolean holds, String otherwise) throws MalformedRecordingException {
        if (!holds) {
            throw new MalformedRecordingException(otherwise);
        }
    }
}
