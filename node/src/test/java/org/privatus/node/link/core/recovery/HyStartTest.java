package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// RFC 9406 section 4.2 and 4.3, through {@link Cubic}.
class HyStartTest {
    private static final int S = 1_000;
    private static final long MS = 1_000_000;

    private final Cubic cubic = new Cubic(S, 1L << 40);
    private long now = 1_000 * MS;
    private long sent = now;

    /// A round: packets sent at its beginning are acknowledged one by one with that round trip, so many of them.
    private void round(long rtt, int acknowledgements) {
        cubic.onSent(S, 0, now);
        sent = now;
        now += rtt;
        for (int i = 0; i < acknowledgements; i++) {
            cubic.onRoundTrip(rtt);
            cubic.onAcked(S, sent);
            cubic.onAckTaken(rtt, true, now);
            now += 1_000;
        }
    }

    @Test
    void while_round_trips_stay_short_the_window_grows_by_all_that_is_acknowledged() {
        for (int i = 0; i < 5; i++) {
            round(40 * MS, 10);
        }
        assertThat(cubic.window()).isEqualTo(60 * S);
        assertThat(cubic.isConservative()).isFalse();
    }

    @Test
    void when_round_trips_grow_by_an_eighth_it_grows_a_quarter_as_fast() {
        round(80 * MS, 10);
        round(80 * MS, 10);
        round(90 * MS, 8);
        assertThat(cubic.isConservative()).isTrue();
        long before = cubic.window();
        round(90 * MS, 8);
        assertThat(cubic.window()).isEqualTo(before + 2 * S);
    }

    @Test
    void less_than_an_eighth_is_no_sign() {
        round(80 * MS, 10);
        round(80 * MS, 10);
        round(90 * MS - 1, 10);
        assertThat(cubic.isConservative()).isFalse();
    }

    @Test
    void on_short_paths_four_milliseconds_are_the_sign_and_on_long_ones_sixteen() {
        round(MS, 10);
        round(MS, 10);
        round(5 * MS - 1, 10);
        assertThat(cubic.isConservative()).isFalse();
        cubic.reset();
        round(400 * MS, 10);
        round(400 * MS, 10);
        round(416 * MS, 10);
        assertThat(cubic.isConservative()).isTrue();
    }

    @Test
    void seven_samples_in_a_round_are_too_few() {
        round(80 * MS, 10);
        round(80 * MS, 10);
        round(200 * MS, 7);
        assertThat(cubic.isConservative()).isFalse();
    }

    @Test
    void the_shortest_of_a_round_counts() {
        round(80 * MS, 10);
        round(80 * MS, 10);
        cubic.onSent(S, 0, now);
        sent = now;
        now += 200 * MS;
        for (int i = 0; i < 10; i++) {
            cubic.onRoundTrip(i == 3 ? 80 * MS : 200 * MS);
            cubic.onAcked(S, sent);
            cubic.onAckTaken(100 * MS, true, now);
        }
        assertThat(cubic.isConservative()).isFalse();
    }

    @Test
    void after_five_conservative_rounds_slow_start_is_over_without_a_loss() {
        round(80 * MS, 10);
        round(80 * MS, 10);
        round(100 * MS, 10);
        for (int i = 0; i < 4; i++) {
            round(100 * MS, 10);
            assertThat(cubic.inSlowStart()).isTrue();
        }
        round(100 * MS, 10);
        assertThat(cubic.inSlowStart()).isFalse();
        assertThat(cubic.window()).isGreaterThanOrEqualTo(cubic.threshold());
    }

    @Test
    void a_round_that_is_shorter_again_brings_slow_start_back() {
        round(80 * MS, 10);
        round(80 * MS, 10);
        round(100 * MS, 10);
        assertThat(cubic.isConservative()).isTrue();
        round(99 * MS, 10);
        assertThat(cubic.isConservative()).isFalse();
        long before = cubic.window();
        round(80 * MS, 10);
        assertThat(cubic.window()).isEqualTo(before + 10 * S);
    }

    @Test
    void after_a_loss_there_is_no_second_search() {
        round(80 * MS, 10);
        cubic.onLost(now, now);
        cubic.onPersistentCongestion();
        now += 1;
        round(80 * MS, 2);
        round(200 * MS, 2);
        assertThat(cubic.isConservative()).isFalse();
        assertThat(cubic.window()).isEqualTo(6 * S);
    }
}
