package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// RFC 9000 section 13.2.
class AckTrackerTest {
    private final AckTracker acks = new AckTracker();

    @Test
    void section_13_2_1_a_packet_that_asks_is_acknowledged_within_the_maximum_delay() {
        acks.onReceived(0, true, 1_000);
        assertThat(acks.isDue(1_000)).isFalse();
        assertThat(acks.deadlineNanos()).isEqualTo(1_000 + AckTracker.MAX_ACK_DELAY_NANOS);
        assertThat(acks.hasNews()).isTrue();
    }

    @Test
    void section_13_2_1_packets_that_do_not_ask_are_never_the_reason_for_an_acknowledgement() {
        acks.onReceived(0, false, 1_000);
        acks.onReceived(1, false, 1_000);
        acks.onReceived(5, false, 1_000);
        assertThat(acks.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(acks.hasNews()).isFalse();
        assertThat(acks.ranges().contains(5)).isTrue();
    }

    @Test
    void section_13_2_1_a_gap_is_reported_at_once() {
        acks.onReceived(0, true, 1_000);
        acks.onAckSent();
        acks.onReceived(2, true, 2_000);
        assertThat(acks.isDue(2_000)).isTrue();
    }

    @Test
    void section_13_2_1_a_late_packet_is_reported_at_once() {
        acks.onReceived(0, true, 1_000);
        acks.onReceived(2, true, 1_000);
        acks.onAckSent();
        acks.onReceived(1, true, 2_000);
        assertThat(acks.isDue(2_000)).isTrue();
        assertThat(acks.ranges().count()).isEqualTo(1);
    }

    @Test
    void section_13_2_2_every_second_packet_is_acknowledged() {
        acks.onReceived(0, true, 1_000);
        acks.onReceived(1, true, 1_500);
        assertThat(acks.isDue(1_500)).isTrue();
        acks.onAckSent();
        assertThat(acks.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        acks.onReceived(2, true, 2_000);
        assertThat(acks.isDue(2_000)).isFalse();
    }

    @Test
    void section_13_2_5_the_delay_counts_from_the_newest_packet() {
        acks.onReceived(0, true, 1_000);
        acks.onReceived(1, true, 3_000);
        acks.onReceived(0, true, 4_000);
        assertThat(acks.delay(5_000)).isEqualTo(2_000);
    }

    @Test
    void a_packet_that_asks_for_it_is_acknowledged_at_once() {
        acks.onReceived(0, true, true, 1_000);
        assertThat(acks.isDue(1_000)).isTrue();
    }

    @Test
    void a_peer_that_asks_hears_once_in_a_burst() {
        acks.onReceived(0, true, true, 1_000);
        acks.onAckSent();
        for (int number = 1; number < AckTracker.PACKETS_IN_BURSTS; number++) {
            acks.onReceived(number, true, false, 2_000);
            assertThat(acks.isDue(2_000)).isFalse();
        }
        assertThat(acks.deadlineNanos()).isEqualTo(2_000 + AckTracker.MAX_ACK_DELAY_NANOS);
        acks.onReceived(AckTracker.PACKETS_IN_BURSTS, true, false, 2_000);
        assertThat(acks.isDue(2_000)).isTrue();
    }

    @Test
    void a_gap_in_a_burst_is_reported_at_once() {
        acks.onReceived(0, true, true, 1_000);
        acks.onAckSent();
        acks.onReceived(1, true, false, 2_000);
        acks.onReceived(3, true, false, 2_000);
        assertThat(acks.isDue(2_000)).isTrue();
    }
}
