package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// RFC 9002 section 7.7.
class PacerTest {
    private static final int PACKET = 1_000;
    private static final long RATE = 1_000_000;
    private final Pacer pacer = new Pacer(PACKET);

    private void useUpTheBurst() {
        for (int i = 0; i < 10; i++) {
            assertThat(pacer.earliest(PACKET, RATE, 0)).isZero();
            pacer.onSent(PACKET);
        }
    }

    @Test
    void a_burst_of_ten_packets_may_leave_at_once() {
        useUpTheBurst();
        assertThat(pacer.earliest(PACKET, RATE, 0)).isEqualTo(1_000_000);
    }

    @Test
    void then_packets_leave_at_the_rate() {
        useUpTheBurst();
        assertThat(pacer.earliest(PACKET, RATE, 500_000)).isEqualTo(1_000_000);
        assertThat(pacer.earliest(PACKET, RATE, 1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void a_pause_fills_the_bucket_to_a_burst_and_no_more() {
        useUpTheBurst();
        long later = 1_000_000_000_000L;
        for (int i = 0; i < 10; i++) {
            assertThat(pacer.earliest(PACKET, RATE, later)).isEqualTo(later);
            pacer.onSent(PACKET);
        }
        assertThat(pacer.earliest(PACKET, RATE, later)).isGreaterThan(later);
    }
}
