package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

/// RFC 9438, by number. The expected figures come from the RFC's formulas in segments and seconds, written down here once more.
class CubicTest {
    private static final int S = 1_000;
    private static final long MS = 1_000_000;
    private static final double SECOND = 1e9;
    private static final long NO_LIMIT = 1L << 40;

    private final Cubic cubic = new Cubic(S, NO_LIMIT);

    /// A path that acknowledges a full window, packet by packet, spread over each round trip.
    private final class Path {
        final long rtt;
        long now = 1_000 * MS;

        Path(long rtt) {
            this.rtt = rtt;
        }

        void acknowledge(long bytes, boolean limited) {
            cubic.onRoundTrip(rtt);
            cubic.onAcked((int) bytes, now - rtt);
            cubic.onAckTaken(rtt, limited, now);
        }

        void roundTrip() {
            long packets = Math.max(1, cubic.window() / S);
            long begin = now;
            for (long i = 1; i <= packets; i++) {
                now = begin + rtt * i / packets;
                acknowledge(S, true);
            }
        }

        void lose() {
            cubic.onLost(now, now);
            now += rtt + 1;
        }

        /// Slow start to at least so many packets, and then a loss.
        void fillAndLose(int packets) {
            while (cubic.window() < (long) packets * S) {
                acknowledge(Math.min(S, (long) packets * S - cubic.window()), true);
            }
            lose();
        }
    }

    private double segments() {
        return (double) cubic.window() / S;
    }

    private static double cubicWindow(double max, double epoch, double seconds) {
        double k = StrictMath.cbrt((max - epoch) / 0.4);
        return 0.4 * StrictMath.pow(seconds - k, 3) + max;
    }

    @Test
    void section_4_6_a_loss_leaves_seven_tenths() {
        new Path(100 * MS).fillAndLose(1_000);
        assertThat(cubic.window()).isEqualTo(700 * S);
        assertThat(cubic.threshold()).isEqualTo(700 * S);
        assertThat(cubic.inSlowStart()).isFalse();
    }

    @Test
    void section_4_6_the_window_is_reduced_once_in_a_round_trip() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        long began = path.now - path.rtt - 1;
        cubic.onLost(began, path.now);
        cubic.onCongestionExperienced(began - 5 * MS, path.now);
        assertThat(cubic.window()).isEqualTo(700 * S);
        cubic.onLost(began + 1, path.now);
        assertThat(cubic.window()).isEqualTo(490 * S);
    }

    @Test
    void section_4_6_it_does_not_grow_while_it_recovers() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        cubic.onAcked(50 * S, path.now - path.rtt - 1);
        cubic.onAckTaken(path.rtt, true, path.now);
        assertThat(cubic.window()).isEqualTo(700 * S);
    }

    @Test
    void section_4_2_on_a_long_path_the_window_follows_the_curve() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        long began = path.now + path.rtt / 700;
        for (int round = 0; round < 200; round++) {
            path.roundTrip();
            double seconds = (path.now - began) / SECOND;
            double lower = cubicWindow(1_000, 700, seconds);
            double upper = cubicWindow(1_000, 700, seconds + 0.1);
            assertThat(segments()).as("after %f s", seconds).isBetween(lower * 0.995, upper * 1.005);
        }
        assertThat(segments()).isGreaterThan(1_500);
    }

    @Test
    void section_4_4_and_4_5_it_returns_to_where_it_was_after_k_first_slowly_then_fast() {
        var path = new Path(20 * MS);
        path.fillAndLose(10_000);
        long began = path.now;
        double k = StrictMath.cbrt(10_000 * 0.3 / 0.4);
        double[] afterQuarters = new double[9];
        for (int quarter = 1; quarter <= 8; quarter++) {
            while (path.now - began < quarter * k / 4 * SECOND) {
                path.roundTrip();
            }
            afterQuarters[quarter] = segments();
        }
        assertThat(afterQuarters[4]).isCloseTo(10_000, within(20.0));
        assertThat(afterQuarters[1] - 7_000).isGreaterThan(10 * (afterQuarters[4] - afterQuarters[3]));
        assertThat(afterQuarters[8] - afterQuarters[7]).isGreaterThan(10 * (afterQuarters[5] - afterQuarters[4]));
    }

    @Test
    void section_4_2_in_a_round_trip_it_grows_by_half_at_most() {
        var path = new Path(2_000 * MS);
        path.fillAndLose(20);
        for (int round = 0; round < 10; round++) {
            double before = segments();
            path.roundTrip();
            assertThat(segments()).isLessThanOrEqualTo(before * StrictMath.exp(0.5) + 1);
        }
        assertThat(segments()).isGreaterThan(200);
    }

    @Test
    void section_4_3_on_a_short_path_it_grows_as_reno_would() {
        var path = new Path(MS);
        path.fillAndLose(100);
        double alpha = 3 * (1 - 0.7) / (1 + 0.7);
        double reno = 70;
        for (int round = 0; round < 40; round++) {
            path.roundTrip();
            reno += alpha;
            assertThat(segments()).isCloseTo(reno, within(0.5 + 0.02 * round));
        }
    }

    @Test
    void section_4_3_beyond_the_window_before_the_loss_it_gains_a_packet_in_a_round_trip() {
        var path = new Path(MS);
        path.fillAndLose(100);
        while (segments() < 101) {
            path.roundTrip();
        }
        double before = segments();
        for (int round = 0; round < 20; round++) {
            path.roundTrip();
        }
        assertThat(segments() - before).isCloseTo(20, within(1.0));
    }

    @Test
    void section_4_7_who_did_not_come_back_to_its_maximum_aims_lower() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        path.lose();
        assertThat(cubic.window()).isEqualTo(490 * S);
        double max = 700 * (1 + 0.7) / 2;
        long began = path.now + path.rtt / 490;
        for (int round = 0; round < 60; round++) {
            path.roundTrip();
        }
        double seconds = (path.now - began) / SECOND;
        assertThat(segments())
                .isBetween(cubicWindow(max, 490, seconds) * 0.995, cubicWindow(max, 490, seconds + 0.1) * 1.005);
    }

    @Test
    void
            section_4_8_after_persistent_congestion_slow_start_goes_to_the_threshold_and_the_curve_starts_at_its_plateau() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        cubic.onPersistentCongestion();
        assertThat(cubic.window()).isEqualTo(2 * S);
        while (cubic.inSlowStart()) {
            path.acknowledge(S, true);
        }
        assertThat(cubic.window()).isEqualTo(700 * S);
        long began = path.now;
        for (int round = 0; round < 50; round++) {
            path.roundTrip();
        }
        double seconds = (path.now - began) / SECOND;
        assertThat(segments())
                .isBetween(
                        700 + 0.4 * StrictMath.pow(seconds - 0.1, 3) * 0.95,
                        700 + 0.4 * StrictMath.pow(seconds + 0.1, 3) * 1.05);
    }

    @Test
    void section_4_9_a_reduction_for_nothing_is_taken_back() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        for (int round = 0; round < 60; round++) {
            path.roundTrip();
        }
        long before = cubic.window();
        path.lose();
        cubic.onSpuriousLoss();
        assertThat(cubic.window()).isEqualTo(before);
        cubic.onSpuriousLoss();
        path.roundTrip();
        assertThat(segments()).isBetween((double) before / S, (double) before / S + 0.4 * 16);
    }

    @Test
    void section_4_9_a_mark_is_never_spurious() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        cubic.onCongestionExperienced(path.now, path.now);
        cubic.onSpuriousLoss();
        assertThat(cubic.window()).isEqualTo(490 * S);
    }

    @Test
    void section_5_8_a_window_that_is_not_used_does_not_grow() {
        var path = new Path(100 * MS);
        path.acknowledge(S, false);
        assertThat(cubic.window()).isEqualTo(10 * S);
        path.fillAndLose(1_000);
        path.acknowledge(S, false);
        assertThat(cubic.window()).isEqualTo(700 * S);
    }

    @Test
    void section_5_8_time_in_which_the_window_is_not_used_does_not_move_the_curve() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        path.roundTrip();
        long before = cubic.window();
        for (int i = 0; i < 600; i++) {
            path.now += path.rtt;
            path.acknowledge(S, false);
        }
        path.roundTrip();
        path.roundTrip();
        assertThat(segments()).isBetween((double) before / S, cubicWindow(1_000, 700, 0.5));
    }

    @Test
    void section_5_8_time_without_traffic_does_not_move_the_curve() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        path.roundTrip();
        long before = cubic.window();
        path.now += 600 * 1_000 * MS;
        cubic.onSent(S, 0, path.now);
        path.roundTrip();
        path.roundTrip();
        assertThat(segments()).isBetween((double) before / S, cubicWindow(1_000, 700, 0.5));
    }

    @Test
    void section_5_8_bursts_that_follow_acknowledgements_at_once_are_no_pause() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        for (int round = 0; round < 100; round++) {
            cubic.onSent(S, 0, path.now);
            path.now += path.rtt;
            path.acknowledge(cubic.window(), true);
        }
        assertThat(segments()).isCloseTo(cubicWindow(1_000, 700, 9.9), within(20.0));
    }

    @Test
    void rfc_9002_section_7_2_it_begins_with_ten_packets_or_two_large_ones() {
        assertThat(new Cubic(1_232, NO_LIMIT).window()).isEqualTo(12_320);
        assertThat(new Cubic(1_472, NO_LIMIT).window()).isEqualTo(14_720);
        assertThat(new Cubic(8_952, NO_LIMIT).window()).isEqualTo(2 * 8_952);
    }

    @Test
    void larger_packets_raise_the_least_window_and_keep_the_rest() {
        new Path(100 * MS).fillAndLose(1_000);
        cubic.setPacketBytes(8 * S);
        assertThat(cubic.window()).isEqualTo(700 * S);
        cubic.onPersistentCongestion();
        assertThat(cubic.window()).isEqualTo(16 * S);
        cubic.setPacketBytes(65 * S);
        assertThat(cubic.window()).isEqualTo(130 * S);
    }

    @Test
    void another_path_begins_anew() {
        var path = new Path(100 * MS);
        path.fillAndLose(1_000);
        path.roundTrip();
        cubic.reset();
        assertThat(cubic.window()).isEqualTo(10 * S);
        assertThat(cubic.inSlowStart()).isTrue();
        path.acknowledge(S, true);
        assertThat(cubic.window()).isEqualTo(11 * S);
    }

    @Test
    void rfc_9002_section_7_7_packets_leave_a_quarter_faster_than_the_window_and_twice_as_fast_in_slow_start() {
        assertThat(cubic.pacingBytesPerSecond(10 * MS)).isEqualTo(2 * 1_000 * S);
        new Path(100 * MS).fillAndLose(1_000);
        assertThat(cubic.pacingBytesPerSecond(100 * MS)).isEqualTo(8_750 * S);
    }

    @Seeded(50)
    void whatever_happens_the_window_stays_within_its_bounds(long seed) {
        var random = new SplittableRandom(seed);
        long most = 50L * S + random.nextInt(1_000_000);
        var bounded = new Cubic(S, most);
        long now = 1_000 * MS;
        int packet = S;
        for (int step = 0; step < 2_000; step++) {
            now += random.nextLong(200 * MS);
            long sent = now - random.nextLong(300 * MS);
            switch (random.nextInt(12)) {
                case 0 -> bounded.onLost(sent, now);
                case 1 -> bounded.onCongestionExperienced(sent, now);
                case 2 -> bounded.onSpuriousLoss();
                case 3 -> {
                    if (random.nextInt(10) == 0) {
                        bounded.onPersistentCongestion();
                    }
                }
                case 4 -> {
                    packet = random.nextBoolean() ? S : 1 + random.nextInt(65_000);
                    bounded.setPacketBytes(packet);
                }
                case 5 -> bounded.onSent(S, random.nextLong(2), now);
                default -> {
                    bounded.onRoundTrip(1 + random.nextLong(300 * MS));
                    bounded.onAcked(1 + random.nextInt(100_000), sent);
                    bounded.onAckTaken(1 + random.nextLong(300 * MS), random.nextInt(4) > 0, now);
                }
            }
            assertThat(bounded.window()).isBetween(Math.min(2L * packet, most), most);
            assertThat(bounded.pacingBytesPerSecond(MS)).isPositive();
        }
    }
}
