package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

/// RFC 9002 section 7.7.
class PacerTest {
    private static final long MS = 1_000_000;
    private static final int PACKET = 1_232;
    private static final int INITIAL_WINDOW = 12_320;
    private static final double SECOND = 1e9;

    private final Pacer pacer = new Pacer(PACKET);

    /// A sender that always has something to send, and whose timers are late.
    private final class Sender {
        long now;
        long bytes;
        long largestBurst;
        int timers;

        void run(int packet, long rate, long nanos, SplittableRandom random, long lateness) {
            long begin = now;
            long sentBefore = bytes;
            long burst = 0;
            while (now - begin < nanos) {
                long earliest = pacer.earliest(packet, rate, now);
                if (earliest > now) {
                    timers++;
                    now = earliest + (lateness == 0 ? 0 : random.nextLong(lateness));
                    burst = 0;
                } else {
                    pacer.onSent(packet);
                    bytes += packet;
                    burst += packet;
                    largestBurst = Math.max(largestBurst, burst);
                    assertThat(bytes - sentBefore).isLessThanOrEqualTo(most(packet, rate, now - begin));
                }
            }
        }

        private long most(int packet, long rate, long nanos) {
            return (long) (capacity(packet, rate) + rate * (nanos / SECOND)) + 1;
        }
    }

    private static double capacity(int packet, long rate) {
        double train = Math.min(64 * 1_232, rate * 0.004);
        return Math.max(packet, Math.max(INITIAL_WINDOW, Math.max(train, rate * 0.002)));
    }

    @Test
    void an_initial_window_may_leave_at_once() {
        for (int i = 0; i < 10; i++) {
            assertThat(pacer.earliest(PACKET, 100_000, 0)).isZero();
            pacer.onSent(PACKET);
        }
        assertThat(pacer.earliest(PACKET, 100_000, 0)).isEqualTo(12_320_000);
    }

    @Test
    void at_low_rates_every_packet_leaves_at_its_time() {
        for (int i = 0; i < 10; i++) {
            pacer.onSent(pacer.earliest(PACKET, 123_200, 0) == 0 ? PACKET : 0);
        }
        for (int i = 1; i <= 100; i++) {
            assertThat(pacer.earliest(PACKET, 123_200, (i - 1) * 10 * MS)).isEqualTo(i * 10 * MS);
            assertThat(pacer.earliest(PACKET, 123_200, i * 10 * MS)).isEqualTo(i * 10 * MS);
            pacer.onSent(PACKET);
        }
    }

    @Test
    void at_high_rates_there_is_one_timer_in_a_millisecond() {
        var sender = new Sender();
        sender.run(PACKET, 300_000_000, 1_000 * MS, new SplittableRandom(1), 0);
        assertThat(sender.timers).isBetween(990, 1_005);
        assertThat(sender.bytes / 1e6).isCloseTo(300, within(1.0));
    }

    @Test
    void who_had_to_wait_waits_for_a_burst_even_if_a_packet_could_leave_before() {
        long rate = 300_000_000;
        while (pacer.earliest(PACKET, rate, 0) == 0) {
            pacer.onSent(PACKET);
        }
        long due = pacer.earliest(PACKET, rate, 0);
        assertThat(due).isBetween(MS - 5_000, MS + 5_000);
        assertThat(pacer.earliest(PACKET, rate, due / 2)).isCloseTo(due, within(2L));
        assertThat(pacer.earliest(PACKET, rate, due)).isEqualTo(due);
    }

    @Test
    void on_short_paths_a_full_train_leaves_at_once() {
        var sender = new Sender();
        sender.run(PACKET, 25_000_000, 1, new SplittableRandom(1), 0);
        assertThat(sender.largestBurst).isEqualTo(64 * PACKET);
    }

    @Test
    void a_pause_fills_the_bucket_and_no_more() {
        var sender = new Sender();
        sender.run(PACKET, 25_000_000, 100 * MS, new SplittableRandom(1), 0);
        sender.now += 3_600_000 * MS;
        sender.largestBurst = 0;
        sender.run(PACKET, 25_000_000, 1, new SplittableRandom(1), 0);
        assertThat(sender.largestBurst).isEqualTo(64 * PACKET);
    }

    @Test
    void bursts_are_not_longer_than_the_receiver_can_hold() {
        pacer.limitBursts(100_000);
        var sender = new Sender();
        sender.run(PACKET, 300_000_000, 100 * MS, new SplittableRandom(1), MS);
        assertThat(sender.largestBurst).isBetween(90_000L, 100_000L);
    }

    @Test
    void a_packet_longer_than_all_limits_leaves_alone() {
        pacer.limitBursts(20_000);
        var sender = new Sender();
        sender.run(65_000, 65_000_000, 1_000 * MS, new SplittableRandom(1), 0);
        assertThat(sender.largestBurst).isEqualTo(65_000);
        assertThat(sender.bytes / 1e6).isCloseTo(65, within(0.2));
    }

    @Test
    void what_leaves_without_asking_is_made_good() {
        for (int i = 0; i < 20; i++) {
            pacer.earliest(PACKET, 1_232_000, 0);
            pacer.onSent(PACKET);
        }
        assertThat(pacer.earliest(PACKET, 1_232_000, 0)).isEqualTo(11 * MS);
    }

    @Seeded(60)
    void the_rate_is_exact_and_bursts_are_bounded_though_timers_are_late(long seed) {
        var random = new SplittableRandom(seed);
        long rate = (long) (20_000 * StrictMath.pow(2, random.nextDouble(15)));
        int packet = random.nextInt(4) == 0 ? random.nextInt(500, 65_000) : PACKET;
        var sender = new Sender();
        sender.run(packet, rate, 1, random, 0);
        long before = sender.bytes;
        long begin = sender.now;
        long span = Math.max(1_000 * MS, (long) (300 * packet * SECOND / rate));
        sender.run(packet, rate, span, random, MS);
        double expected = rate * ((sender.now - begin) / SECOND);
        double slack = capacity(packet, rate) + packet;
        if (packet <= capacity(PACKET, rate) / 2) {
            assertThat((double) sender.bytes - before).isCloseTo(expected, within(slack + expected * 0.001));
        }
        assertThat(sender.largestBurst).isLessThanOrEqualTo((long) capacity(packet, rate) + 1);
        assertThat(sender.timers).isLessThanOrEqualTo((int) (sender.now / MS) + 2);
    }
}
