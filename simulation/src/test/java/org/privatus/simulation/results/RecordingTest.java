package org.privatus.simulation.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SHARDS = 5;

    /// Records the same happenings into one recording, or spread over shards by node.
    private static List<Recording> recorded(int shards, int samples, long seed) {
        var parts = new ArrayList<Recording>();
        for (int i = 0; i < shards; i++) {
            parts.add(new Recording(seed));
        }
        var random = new SplittableRandom(seed);
        for (int i = 0; i < samples; i++) {
            int node = random.nextInt(1000);
            Recording here = parts.get(node % shards);
            long at = random.nextLong(300 * SECOND);
            here.sample(Metric.LOOKUP, at, node, random.nextLong(SECOND));
            here.count(Series.LOOKUPS, at, 1);
            here.counter("some.total", node);
            here.highest("some.queue", node);
            int to = random.nextInt(1000);
            here.sent(i, node, to, at);
            if (i % 10 != 0) {
                parts.get(to % shards).shown(i, to, at + 100);
                here.acknowledged(i, 3, at + 200);
            }
            if (i % 100 == 0) {
                here.violation(new CheckViolation("check-" + i % 3, node, at, "line " + i));
            }
        }
        return parts;
    }

    @Test
    void merging_is_the_same_in_any_order_and_number_of_shards() {
        byte[] one = recorded(1, 20_000, 7).getFirst().toBytes();
        List<Recording> parts = recorded(SHARDS, 20_000, 7);
        assertThat(Recording.merged(parts).toBytes()).isEqualTo(one);
        Collections.shuffle(parts, new Random(3));
        assertThat(Recording.merged(parts).toBytes()).isEqualTo(one);
        Recording left = Recording.merged(parts.subList(0, 2));
        Recording right = Recording.merged(parts.subList(2, SHARDS));
        assertThat(Recording.merged(List.of(right, left)).toBytes()).isEqualTo(one);
    }

    @Test
    void more_samples_than_are_kept_are_thinned_alike_in_any_order() {
        int many = Samples.KEPT_MAX * 3;
        Recording whole = recordedSamples(1, many).getFirst();
        List<Recording> parts = recordedSamples(SHARDS, many);
        Collections.reverse(parts);
        assertThat(Recording.merged(parts).toBytes()).isEqualTo(whole.toBytes());
        Distribution lookups = whole.measurements().distribution(Metric.LOOKUP);
        assertThat(lookups.count()).isEqualTo(many);
        assertThat(lookups.keptCount()).isBetween(Samples.KEPT_MAX / 2, Samples.KEPT_MAX);
        double keptMean = IntStream.range(0, lookups.keptCount())
                .mapToDouble(lookups::keptMillis)
                .average()
                .orElseThrow();
        assertThat(keptMean).isCloseTo(500, offset(5.0));
    }

    private static List<Recording> recordedSamples(int shards, int samples) {
        var parts = new ArrayList<Recording>();
        for (int i = 0; i < shards; i++) {
            parts.add(new Recording(11));
        }
        var random = new SplittableRandom(2);
        for (int i = 0; i < samples; i++) {
            int node = random.nextInt(1000);
            parts.get(node % shards).sample(Metric.LOOKUP, i * 1000L, node, random.nextLong(SECOND));
        }
        return parts;
    }

    @Test
    void bytes_come_back_and_every_truncation_is_refused() throws Exception {
        byte[] bytes = Recording.merged(recorded(2, 60, 9)).toBytes();
        assertThat(Recording.fromBytes(bytes).toBytes()).isEqualTo(bytes);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Recording.fromBytes(cut)).isInstanceOf(MalformedRecordingException.class);
        }
    }

    @Test
    void damaged_bytes_are_refused_or_read_and_nothing_else() {
        byte[] bytes = Recording.merged(recorded(2, 60, 9)).toBytes();
        var random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = bytes.clone();
            int at = random.nextInt(i % 2 == 0 ? 200 : bytes.length);
            damaged[at] = (byte) random.nextInt();
            try {
                Recording.fromBytes(damaged).measurements();
            } catch (MalformedRecordingException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void another_version_is_named() {
        byte[] bytes = new Recording(1).toBytes();
        bytes[5] = 9;
        assertThatThrownBy(() -> Recording.fromBytes(bytes)).hasMessageContaining("version 9");
    }

    @Test
    void messages_are_joined_across_shards() {
        var sender = new Recording(1);
        var receiver = new Recording(1);
        sender.sent(1, 10, 20, SECOND);
        sender.acknowledged(1, 3, 4 * SECOND);
        receiver.shown(1, 20, 3 * SECOND);
        receiver.shown(1, 20, 5 * SECOND);
        sender.sent(2, 10, 20, SECOND);
        sender.acknowledged(2, 5, 2 * SECOND);
        sender.sent(3, 10, 20, SECOND);
        receiver.shown(3, 21, 2 * SECOND);
        receiver.shown(99, 21, 2 * SECOND);
        sender.sent(4, 10, 20, SECOND);
        sender.refused(4, SECOND);
        sender.sent(0, 10, 20, SECOND);
        receiver.shown(0, 20, SECOND);

        Measurements measured = Recording.merged(List.of(receiver, sender)).measurements();
        assertThat(measured.messages()).isEqualTo(new Messages(4, 2, 2, 1, 2, 1, 2, 1, 4.0, 1.0));
        assertThat(measured.messages().isExactlyOnce()).isFalse();
        assertThat(measured.distribution(Metric.DELIVERY).maxMillis()).isEqualTo(2000);
        assertThat(measured.distribution(Metric.DELIVERY).keptNode(0)).isEqualTo(20);
        assertThat(measured.distribution(Metric.ACKNOWLEDGEMENT).meanMillis()).isEqualTo(2000);
        assertThat(measured.total(Series.DELIVERED)).isEqualTo(5);
    }

    @Test
    void levels_of_shards_add_up_second_by_second() {
        var first = new Recording(1);
        var second = new Recording(1);
        first.gauge(Series.NODES_UP, 0, 10);
        first.gauge(Series.NODES_UP, 3 * SECOND, 4);
        second.gauge(Series.NODES_UP, SECOND, 5);
        second.count(Series.EVENTS, 5 * SECOND, 1);
        Measurements measured = Recording.merged(List.of(first, second)).measurements();
        assertThat(measured.values(Series.NODES_UP)).containsExactly(10, 15, 15, 9, 9, 9);
        assertThat(measured.total(Series.NODES_UP)).isEqualTo(9);
    }

    @Test
    void a_long_run_gets_wider_buckets() {
        var recording = new Recording(1);
        var late = new Recording(1);
        for (int hour = 0; hour < 10; hour++) {
            recording.count(Series.SENT, hour * 3600 * SECOND, 1);
        }
        late.count(Series.SENT, 100_000 * SECOND, 1);
        recording.add(late);
        Measurements measured = recording.measurements();
        assertThat(measured.secondsPerBucket()).isEqualTo(8);
        assertThat(measured.values(Series.SENT)[3600 / 8]).isEqualTo(1);
        assertThat(measured.total(Series.SENT)).isEqualTo(11);
    }

    @Test
    void the_first_violations_are_kept_and_all_are_counted() {
        var recording = new Recording(1);
        for (int i = 1000; i > 0; i--) {
            recording.violation(new CheckViolation("queues-bounded", i, i, "x".repeat(2000)));
        }
        Measurements measured = recording.measurements();
        assertThat(measured.violationCount()).isEqualTo(1000);
        assertThat(measured.violations()).hasSize(Recording.VIOLATIONS_MAX);
        assertThat(measured.violations().getFirst().timeNanos()).isEqualTo(1);
        assertThat(measured.violations().getFirst().line()).hasSize(CheckViolation.LINE_MAX);
    }

    @Test
    void highest_values_merge_as_the_highest() {
        var first = new Recording(1);
        var second = new Recording(1);
        first.highest("queue", 3);
        second.highest("queue", 9);
        first.counter("total", 3);
        second.counter("total", 9);
        first.add(second);
        assertThat(first.measurements().counters()).containsEntry("queue", 9L).containsEntry("total", 12L);
    }

    @Test
    void misuse_is_refused() {
        var recording = new Recording(1);
        assertThatIllegalArgumentException().isThrownBy(() -> recording.add(new Recording(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> recording.count(Series.NODES_UP, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> recording.gauge(Series.SENT, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> {
            for (int i = 0; i <= Recording.NAMES_MAX; i++) {
                recording.counter("name " + i, 1);
            }
        });
    }

    @Test
    void percentiles_are_those_of_the_samples() {
        var recording = new Recording(1);
        for (int i = 1; i <= 1000; i++) {
            recording.sample(Metric.CIRCUIT_BUILD, 0, 1, i * 1_000_000L);
        }
        Distribution built = recording.measurements().distribution(Metric.CIRCUIT_BUILD);
        assertThat(built.percentileMillis(50)).isBetween(500.0, 500.5);
        assertThat(built.percentileMillis(99)).isBetween(990.0, 991.0);
        assertThat(built.meanMillis()).isEqualTo(500.5);
        assertThat(built.maxMillis()).isEqualTo(1000);
        assertThat(built.shareUpTo(250)).isBetween(0.249, 0.251);
        assertThat(built.shareUpTo(5000)).isEqualTo(1);
    }
}
