package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// RFC 9002 section 5.
class RttEstimatorTest {
    private static final long MS = 1_000_000;
    private final RttEstimator rtt = new RttEstimator();

    @Test
    void section_5_3_before_the_first_sample_the_initial_round_trip_is_assumed() {
        assertThat(rtt.smoothed()).isEqualTo(333 * MS);
        assertThat(rtt.probeTimeout(0)).isEqualTo(333 * MS + 4 * 333 * MS / 2);
    }

    @Test
    void section_5_3_the_first_sample_sets_everything_and_ignores_the_delay() {
        rtt.sample(100 * MS, 30 * MS);
        assertThat(rtt.smoothed()).isEqualTo(100 * MS);
        assertThat(rtt.variation()).isEqualTo(50 * MS);
        assertThat(rtt.min()).isEqualTo(100 * MS);
    }

    @Test
    void section_5_3_later_samples_are_smoothed_less_the_delay() {
        rtt.sample(100 * MS, 0);
        rtt.sample(130 * MS, 10 * MS);
        assertThat(rtt.smoothed()).isEqualTo((7 * 100 * MS + 120 * MS) / 8);
        assertThat(rtt.variation()).isEqualTo((3 * 50 * MS + 20 * MS) / 4);
        assertThat(rtt.latest()).isEqualTo(130 * MS);
    }

    @Test
    void section_5_3_the_delay_does_not_bring_a_sample_below_the_minimum() {
        rtt.sample(100 * MS, 0);
        rtt.sample(105 * MS, 10 * MS);
        assertThat(rtt.smoothed()).isEqualTo((7 * 100 * MS + 105 * MS) / 8);
    }

    @Test
    void section_5_2_the_minimum_ignores_the_delay() {
        rtt.sample(100 * MS, 0);
        rtt.sample(90 * MS, 80 * MS);
        assertThat(rtt.min()).isEqualTo(90 * MS);
    }

    @Test
    void section_6_1_2_the_loss_delay_is_nine_eighths_and_not_below_the_granularity() {
        rtt.sample(80 * MS, 0);
        assertThat(rtt.lossDelay()).isEqualTo(90 * MS);
        rtt.reset();
        rtt.sample(1_000, 0);
        assertThat(rtt.lossDelay()).isEqualTo(RttEstimator.GRANULARITY_NANOS);
    }
}
