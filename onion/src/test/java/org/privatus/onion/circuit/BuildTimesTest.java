package org.privatus.onion.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BuildTimesTest {
    private final BuildTimes times = new BuildTimes(Duration.ofSeconds(10));

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void record(int count, long millis) {
        for (int i = 0; i < count; i++) {
            times.record(millis(millis));
        }
    }

    @Test
    void until_twenty_are_known_the_setting_holds() {
        record(19, 100);
        assertThat(times.lateNanos()).isEqualTo(millis(10_000));
        assertThat(times.lostNanos()).isEqualTo(millis(10_000));
        assertThat(times.quantileNanos()).isZero();
    }

    @Test
    void four_fifths_are_in_time() {
        for (int i = 1; i <= 100; i++) {
            times.record(millis(20L * i));
        }
        // The 80th of 100, at the upper end of its bin.
        assertThat(times.quantileNanos()).isEqualTo(millis(1_610));
        assertThat(times.lateNanos()).isEqualTo(millis(1_610));
        assertThat(times.lostNanos()).isEqualTo(millis(3_220));
    }

    @Test
    void limits_are_neither_below_what_a_busy_machine_takes_nor_above_the_setting() {
        record(30, 5);
        assertThat(times.lateNanos()).isEqualTo(millis(500));
        assertThat(times.lostNanos()).isEqualTo(millis(2_000));
        record(200, 60_000);
        assertThat(times.lateNanos()).isEqualTo(millis(10_000));
        assertThat(times.lostNanos()).isEqualTo(millis(10_000));
    }

    @Test
    void only_the_last_two_hundred_count() {
        record(200, 3_000);
        record(200, 1_000);
        assertThat(times.quantileNanos()).isEqualTo(millis(1_010));
    }

    @Test
    void a_few_very_slow_ones_decide_when_a_circuit_is_lost_and_not_when_it_is_late() {
        record(196, 700);
        record(4, 4_000);
        assertThat(times.lateNanos()).isEqualTo(millis(710));
        assertThat(times.lostNanos()).isEqualTo(millis(4_010));
    }

    @Test
    void when_nearly_all_are_lost_everything_is_learned_anew_with_more_patience() {
        record(100, 300);
        for (int i = 0; i < 17; i++) {
            times.lost();
        }
        assertThat(times.quantileNanos()).isPositive();
        times.lost();
        assertThat(times.quantileNanos()).isZero();
        assertThat(times.lateNanos()).isEqualTo(millis(20_000));
        for (int i = 0; i < 100; i++) {
            times.lost();
        }
        assertThat(times.lateNanos()).isEqualTo(millis(40_000));
    }
}
