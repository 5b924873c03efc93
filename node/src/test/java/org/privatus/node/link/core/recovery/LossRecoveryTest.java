package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

/// RFC 9002 section 6, by number. Packet `n` carries the string "n" and is sent at `n` milliseconds unless said otherwise.
class LossRecoveryTest {
    private static final long MS = 1_000_000;
    private static final int BYTES = 1_000;

    private final RttEstimator rtt = new RttEstimator();
    private final NewReno reno = new NewReno(1_232, 1 << 20);
    private final PathMtu mtu = new PathMtu(9_000);
    private final LossRecovery<String> recovery = new LossRecovery<>(rtt, reno, mtu);
    private final List<String> acked = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final LossRecovery.Outcome<String> outcome = new LossRecovery.Outcome<>() {
        @Override
        public void onAcked(int kind, String contents, long first, int count) {
            acked.add(contents);
        }

        @Override
        public void onLost(int kind, String contents, long first, int count) {
            lost.add(contents);
        }

        @Override
        public void onProbe() {}
    };

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            long number = recovery.nextNumber();
            send(Long.toString(number), number * MS);
        }
    }

    private void send(String contents, long now) {
        recovery.carries(0, contents, 0, 1);
        recovery.onSent(BYTES, now);
    }

    private boolean ack(long now, long... numbers) {
        var ranges = new AckRanges();
        for (long number : numbers) {
            ranges.add(number);
        }
        return recovery.onAck(ranges, 0, now, outcome);
    }

    @Test
    void section_6_1_1_three_packets_later_is_lost() {
        send(5);
        ack(40 * MS, 2);
        assertThat(lost).isEmpty();
        ack(40 * MS, 3);
        assertThat(lost).containsExactly("0");
        ack(40 * MS, 4);
        assertThat(lost).containsExactly("0", "1");
        assertThat(acked).containsExactly("2", "3", "4");
        assertThat(recovery.bytesInFlight()).isZero();
        assertThat(recovery.packetsLost()).isEqualTo(2);
    }

    @Test
    void section_6_1_2_nine_eighths_of_a_round_trip_later_is_lost() {
        send(2);
        ack(81 * MS, 1);
        assertThat(rtt.smoothed()).isEqualTo(80 * MS);
        assertThat(lost).isEmpty();
        assertThat(recovery.deadlineNanos()).isEqualTo(90 * MS);
        recovery.onDeadline(89 * MS, outcome);
        assertThat(lost).isEmpty();
        recovery.onDeadline(90 * MS, outcome);
        assertThat(lost).containsExactly("0");
        assertThat(recovery.probesOwed()).isZero();
        assertThat(recovery.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void section_6_1_only_packets_before_an_acknowledged_one_are_lost() {
        send(6);
        ack(40 * MS, 0);
        recovery.onDeadline(10_000 * MS, outcome);
        assertThat(lost).containsExactly("1", "2");
        assertThat(recovery.packetsLost()).isZero();
        assertThat(recovery.bytesInFlight()).isEqualTo(5 * BYTES);
    }

    @Test
    void section_6_2_1_the_probe_timeout_counts_from_the_last_packet_and_doubles() {
        rtt.sample(80 * MS, 0);
        send(2);
        long timeout = 80 * MS + 4 * 40 * MS + AckTracker.MAX_ACK_DELAY_NANOS;
        assertThat(recovery.deadlineNanos()).isEqualTo(1 * MS + timeout);
        recovery.onDeadline(1 * MS + timeout, outcome);
        assertThat(recovery.probeTimeouts()).isEqualTo(1);
        assertThat(recovery.deadlineNanos()).isEqualTo(1 * MS + 2 * timeout);
        recovery.onDeadline(1 * MS + 2 * timeout, outcome);
        assertThat(recovery.deadlineNanos()).isEqualTo(1 * MS + 4 * timeout);
        assertThat(recovery.waitingSince()).isZero();
    }

    @Test
    void section_6_2_1_an_acknowledgement_ends_the_back_off() {
        rtt.sample(80 * MS, 0);
        send(2);
        recovery.onDeadline(10_000 * MS, outcome);
        assertThat(recovery.probesOwed()).isEqualTo(2);
        ack(10_001 * MS, 0);
        assertThat(recovery.probeTimeouts()).isZero();
        assertThat(recovery.probesOwed()).isZero();
        assertThat(recovery.waitingSince()).isEqualTo(10_001 * MS);
    }

    @Test
    void section_6_2_4_a_probe_carries_the_oldest_data_and_nothing_is_lost_by_it() {
        send(3);
        recovery.onDeadline(10_000 * MS, outcome);
        assertThat(lost).containsExactly("0", "1");
        assertThat(recovery.bytesInFlight()).isEqualTo(3 * BYTES);
        assertThat(reno.window()).isEqualTo(12_320);
        send(2);
        assertThat(recovery.probesOwed()).isZero();
        recovery.onDeadline(20_000 * MS, outcome);
        assertThat(lost).containsExactly("0", "1", "2", "3");
        ack(20_001 * MS, 4);
        assertThat(lost).containsExactly("0", "1", "2", "3");
        assertThat(recovery.packetsLost()).isEqualTo(2);
    }

    @Test
    void section_7_6_2_losses_over_a_long_time_are_persistent_congestion() {
        rtt.sample(10 * MS, 0);
        send(1);
        ack(10 * MS, 0);
        long period = 3 * rtt.probeTimeout(AckTracker.MAX_ACK_DELAY_NANOS);
        send("1", 20 * MS);
        send("2", 20 * MS + period + 1 * MS);
        send("3", 20 * MS + period + 6 * MS);
        ack(20 * MS + period + 16 * MS, 3);
        assertThat(lost).containsExactly("1", "2");
        assertThat(reno.window()).isEqualTo(2 * 1_232);
    }

    @Test
    void section_7_6_2_something_acknowledged_in_between_makes_it_ordinary_congestion() {
        rtt.sample(10 * MS, 0);
        send(1);
        ack(10 * MS, 0);
        long period = 3 * rtt.probeTimeout(AckTracker.MAX_ACK_DELAY_NANOS);
        send("1", 20 * MS);
        send("2", 25 * MS);
        send("3", 20 * MS + period + 1 * MS);
        send("4", 20 * MS + period + 6 * MS);
        ack(20 * MS + period + 16 * MS, 2, 4);
        assertThat(lost).containsExactly("1", "3");
        assertThat(reno.window()).isGreaterThan(2 * 1_232);
    }

    @Test
    void section_13_1_of_rfc_9000_what_was_never_sent_cannot_be_acknowledged() {
        send(2);
        assertThat(ack(10 * MS, 2)).isFalse();
        assertThat(ack(10 * MS, 1)).isTrue();
    }

    @Test
    void a_repeated_acknowledgement_changes_nothing() {
        send(3);
        ack(10 * MS, 0, 1);
        ack(20 * MS, 0, 1);
        assertThat(acked).containsExactly("0", "1");
        assertThat(recovery.bytesInFlight()).isEqualTo(BYTES);
    }

    @Test
    void packets_that_ask_for_nothing_only_take_a_number() {
        send(1);
        recovery.onSentUntracked();
        send(1);
        assertThat(recovery.nextNumber()).isEqualTo(3);
        ack(30 * MS, 0, 1, 2);
        assertThat(acked).containsExactly("0", "2");
        assertThat(recovery.isAnythingInFlight()).isFalse();
    }

    @Test
    void many_packets_may_be_in_flight() {
        send(500);
        var ranges = new AckRanges();
        for (long number = 0; number < 500; number++) {
            ranges.add(number);
        }
        recovery.onAck(ranges, 0, 600 * MS, outcome);
        assertThat(acked).hasSize(500);
        assertThat(lost).isEmpty();
        assertThat(recovery.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private LossRecovery<String> withCubic(Cubic cubic) {
        return new LossRecovery<>(rtt, cubic, mtu);
    }

    private static AckRanges ranges(long... numbers) {
        var ranges = new AckRanges();
        for (long number : numbers) {
            ranges.add(number);
        }
        return ranges;
    }

    @Test
    void rfc_9438_section_4_9_what_was_only_late_gives_the_window_back() {
        var cubic = new Cubic(1_232, 1 << 20);
        var late = withCubic(cubic);
        for (int i = 0; i < 10; i++) {
            late.onSent(BYTES, 0);
        }
        long before = cubic.window();
        late.onAck(ranges(5, 9), 0, 40 * MS, outcome);
        assertThat(cubic.window()).isLessThan(before);
        late.onAck(ranges(0, 1, 2, 3, 5, 6, 7, 8, 9), 0, 41 * MS, outcome);
        assertThat(cubic.window()).isLessThan(before);
        late.onAck(ranges(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 0, 42 * MS, outcome);
        assertThat(cubic.window()).isEqualTo(before);
    }

    @Test
    void what_is_lost_in_the_same_round_trip_counts_among_the_reasons() {
        var cubic = new Cubic(1_232, 1 << 20);
        var late = withCubic(cubic);
        for (int i = 0; i < 10; i++) {
            late.onSent(BYTES, 0);
        }
        long before = cubic.window();
        late.onAck(ranges(3), 0, 40 * MS, outcome);
        late.onAck(ranges(3, 9), 0, 41 * MS, outcome);
        late.onAck(ranges(0, 1, 2, 3), 0, 42 * MS, outcome);
        assertThat(cubic.window()).isLessThan(before);
    }

    private int requestsAmong(int packets) {
        int requests = 0;
        for (int i = 0; i < packets; i++) {
            requests += recovery.takeAckRequest() ? 1 : 0;
            send(1);
        }
        return requests;
    }

    @Test
    void a_lone_packet_asks_for_no_haste() {
        for (int i = 0; i < 10; i++) {
            assertThat(requestsAmong(1)).isZero();
            ack((recovery.nextNumber() + 1) * MS, recovery.nextNumber() - 1);
        }
    }

    @Test
    void while_the_window_is_small_every_second_packet_asks_and_the_one_that_fills_it() {
        assertThat(requestsAmong(8)).isEqualTo(4);
        assertThat(requestsAmong(1)).isEqualTo(0);
        assertThat(requestsAmong(3)).isEqualTo(3);
    }

    @Test
    void in_a_large_window_eight_packets_ask_or_one_in_a_burst() {
        recovery.setWindowLimited(true);
        send(100);
        ack(101 * MS, LongStream.range(0, 100).toArray());
        long packets = reno.window() / 1_232;
        assertThat(packets).isBetween(80L, 100L);
        assertThat(requestsAmong(80)).isBetween(7, 8);
        ack(300 * MS, LongStream.range(100, 180).toArray());
        for (int round = 0; round < 10; round++) {
            long from = recovery.nextNumber();
            send(500);
            ack((from + 501) * MS, LongStream.range(from, from + 500).toArray());
        }
        assertThat(reno.window()).isGreaterThan(512 * 1_232);
        assertThat(requestsAmong(640)).isEqualTo(10);
    }

    @Test
    void what_a_packet_carries_comes_back_as_it_was_told() {
        List<String> told = new ArrayList<>();
        LossRecovery.Outcome<String> teller = new LossRecovery.Outcome<>() {
            @Override
            public void onAcked(int kind, String subject, long first, int count) {
                told.add("acked " + kind + " " + subject + " " + first + " " + count);
            }

            @Override
            public void onLost(int kind, String subject, long first, int count) {
                told.add("lost " + kind + " " + subject + " " + first + " " + count);
            }

            @Override
            public void onProbe() {}
        };
        recovery.carries(6, "a", 5_000_000_000L, 17);
        recovery.carries(7, "b", 1, 0);
        recovery.onSent(BYTES, 0);
        recovery.onSent(BYTES, 0);
        recovery.carries(6, "c", 9, 1);
        recovery.onSent(BYTES, 0);
        recovery.onSentUntracked();
        recovery.onSent(BYTES, 0);
        var ranges = new AckRanges();
        ranges.add(4);
        ranges.add(2);
        recovery.onAck(ranges, 0, 10 * MS, teller);
        assertThat(told).containsExactly("acked 6 c 9 1", "lost 6 a 5000000000 17", "lost 7 b 1 0");
    }

    @Test
    void rfc_9000_section_14_4_a_path_probe_that_is_lost_is_no_sign_of_congestion() {
        recovery.onPathProbeSent(1_704, 0);
        send(5);
        long window = reno.window();
        assertThat(recovery.bytesInFlight()).isEqualTo(1_704 + 5 * BYTES);
        ack(40 * MS, 3);
        assertThat(lost).isEmpty();
        assertThat(recovery.packetsLost()).isZero();
        assertThat(reno.window()).isEqualTo(window);
        assertThat(recovery.bytesInFlight()).isEqualTo(4 * BYTES);
    }

    @Test
    void rfc_8899_a_path_probe_that_arrives_makes_packets_larger_but_those_of_a_probe_timeout() {
        send(8);
        ack(10 * MS, 0, 1, 2, 3, 4, 5, 6, 7);
        int size = mtu.probeSize(10 * MS);
        recovery.onPathProbeSent(size, 10 * MS);
        assertThat(mtu.probeSize(10 * MS)).isZero();
        ack(20 * MS, 8);
        assertThat(recovery.packetSize()).isEqualTo(size).isGreaterThan(PathMtu.BASE);
        send(1);
        recovery.onDeadline(10_000 * MS, outcome);
        assertThat(recovery.packetSize()).isEqualTo(PathMtu.BASE);
        recovery.onPathChanged();
        send(2);
        assertThat(recovery.packetSize()).isEqualTo(PathMtu.BASE);
    }

    /// Against a model that keeps everything in a map.
    @Seeded(100)
    void every_frame_comes_back_once_and_the_bytes_in_flight_add_up(long seed) {
        var random = new SplittableRandom(seed);
        var flying = new TreeMap<Long, Integer>();
        var fates = new TreeMap<String, Integer>();
        LossRecovery.Outcome<String> counter = new LossRecovery.Outcome<>() {
            @Override
            public void onAcked(int kind, String subject, long first, int count) {
                assertThat(subject).isEqualTo(kind + "/" + first);
                fates.merge("acked " + subject, 1, Integer::sum);
            }

            @Override
            public void onLost(int kind, String subject, long first, int count) {
                assertThat(subject).isEqualTo(kind + "/" + first);
                fates.merge("lost " + subject, 1, Integer::sum);
            }

            @Override
            public void onProbe() {}
        };
        var received = new AckRanges();
        long now = 0;
        int frames = 0;
        int forgotten = 0;
        for (int step = 0; step < 200; step++) {
            now += random.nextLong(20 * MS);
            int packets = random.nextInt(20);
            for (int i = 0; i < packets; i++) {
                long number = recovery.nextNumber();
                if (random.nextInt(10) == 0) {
                    recovery.onSentUntracked();
                    continue;
                }
                int here = random.nextInt(4);
                for (int frame = 0; frame < here; frame++) {
                    recovery.carries(frame, frame + "/" + number, number, here);
                }
                frames += here;
                int bytes = random.nextInt(30, 1_232);
                recovery.onSent(bytes, now);
                flying.put(number, bytes);
            }
            for (long number : List.copyOf(flying.keySet())) {
                if (random.nextInt(3) == 0) {
                    received.add(number);
                    flying.remove(number);
                } else if (random.nextInt(20) == 0) {
                    flying.remove(number);
                    forgotten++;
                }
            }
            recovery.onAck(received, 0, now, counter);
            recovery.onDeadline(now, counter);
        }
        long last = recovery.nextNumber() + 2;
        for (int i = 0; i < 4; i++) {
            recovery.onSent(100, now);
        }
        received.add(last);
        received.add(last + 1);
        recovery.onAck(received, 0, now + MS, counter);
        recovery.onDeadline(now + 10_000 * MS, counter);
        assertThat(recovery.bytesInFlight()).isZero();
        assertThat(recovery.isAnythingInFlight()).isFalse();
        assertThat(forgotten).isPositive();
        fates.forEach((fate, times) -> assertThat(times).as(fate).isEqualTo(1));
        var subjects = new TreeSet<String>();
        fates.keySet().forEach(fate -> subjects.add(fate.substring(fate.indexOf(' '))));
        assertThat(subjects).hasSize(frames);
    }
}
