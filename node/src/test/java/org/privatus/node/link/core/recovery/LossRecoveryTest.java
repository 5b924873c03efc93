package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 9002 section 6, by number. Packet `n` carries the string "n" and is sent at `n` milliseconds unless said otherwise.
class LossRecoveryTest {
    private static final long MS = 1_000_000;
    private static final int BYTES = 1_000;

    private final RttEstimator rtt = new RttEstimator();
    private final NewReno reno = new NewReno(1_232, 1 << 20);
    private final LossRecovery<String> recovery = new LossRecovery<>(rtt, reno);
    private final List<String> acked = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final LossRecovery.Outcome<String> outcome = new LossRecovery.Outcome<>() {
        @Override
        public void onAcked(String contents) {
            acked.add(contents);
        }

        @Override
        public void onLost(String contents) {
            lost.add(contents);
        }

        @Override
        public void onProbe() {}
    };

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            long number = recovery.nextNumber();
            recovery.onSent(BYTES, Long.toString(number), number * MS);
        }
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
        recovery.onSent(BYTES, "1", 20 * MS);
        recovery.onSent(BYTES, "2", 20 * MS + period + 1 * MS);
        recovery.onSent(BYTES, "3", 20 * MS + period + 6 * MS);
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
        recovery.onSent(BYTES, "1", 20 * MS);
        recovery.onSent(BYTES, "2", 25 * MS);
        recovery.onSent(BYTES, "3", 20 * MS + period + 1 * MS);
        recovery.onSent(BYTES, "4", 20 * MS + period + 6 * MS);
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
}
