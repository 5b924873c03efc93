package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// RFC 9002 section 7.
class NewRenoTest {
    private static final int PACKET = 1_232;
    private final NewReno reno = new NewReno(PACKET, 1 << 20);

    private void ack(long sentNanos, boolean windowLimited) {
        reno.onAcked(PACKET, sentNanos);
        reno.onAckTaken(1_000_000, windowLimited, sentNanos + 1_000_000);
    }

    @Test
    void section_7_2_it_begins_with_ten_packets() {
        assertThat(reno.window()).isEqualTo(10 * PACKET);
    }

    @Test
    void section_7_3_1_slow_start_grows_by_what_is_acknowledged() {
        ack(1, true);
        assertThat(reno.window()).isEqualTo(11 * PACKET);
        assertThat(reno.inSlowStart()).isTrue();
    }

    @Test
    void section_7_3_2_a_loss_halves_the_window_once_in_a_round_trip() {
        reno.onLost(5, 10);
        assertThat(reno.window()).isEqualTo(5 * PACKET);
        reno.onLost(9, 12);
        assertThat(reno.window()).isEqualTo(5 * PACKET);
        reno.onLost(11, 20);
        assertThat(reno.window()).isEqualTo(5 * PACKET / 2);
    }

    @Test
    void section_7_3_2_in_recovery_the_window_does_not_grow() {
        reno.onLost(5, 10);
        ack(10, true);
        assertThat(reno.window()).isEqualTo(5 * PACKET);
        assertThat(reno.inSlowStart()).isFalse();
    }

    @Test
    void section_7_3_3_congestion_avoidance_grows_by_a_packet_per_window() {
        reno.onLost(5, 10);
        for (int i = 0; i < 5; i++) {
            ack(11, true);
        }
        assertThat(reno.window()).isBetween(5L * PACKET + PACKET * 9 / 10, 6L * PACKET);
    }

    @Test
    void section_7_6_persistent_congestion_leaves_two_packets() {
        reno.onLost(5, 10);
        reno.onPersistentCongestion();
        assertThat(reno.window()).isEqualTo(2 * PACKET);
        ack(6, true);
        assertThat(reno.window()).isEqualTo(3 * PACKET);
    }

    @Test
    void section_7_8_a_window_that_is_not_used_does_not_grow() {
        ack(1, false);
        assertThat(reno.window()).isEqualTo(10 * PACKET);
    }

    @Test
    void section_7_1_a_mark_of_congestion_halves_the_window_as_a_loss_does() {
        reno.onCongestionExperienced(5, 10);
        reno.onLost(9, 12);
        assertThat(reno.window()).isEqualTo(5 * PACKET);
    }

    @Test
    void section_7_2_larger_packets_raise_what_is_left_at_least() {
        reno.onPersistentCongestion();
        reno.setPacketBytes(8_952);
        assertThat(reno.window()).isEqualTo(2 * 8_952);
    }

    @Test
    void the_window_has_a_maximum_and_a_minimum() {
        for (int i = 0; i < 2_000; i++) {
            ack(1, true);
        }
        assertThat(reno.window()).isEqualTo(1 << 20);
        for (long time = 10; time < 500; time += 10) {
            reno.onLost(time + 1, time + 2);
        }
        assertThat(reno.window()).isEqualTo(2 * PACKET);
    }
}
