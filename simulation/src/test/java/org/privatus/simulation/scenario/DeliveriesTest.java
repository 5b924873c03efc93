package org.privatus.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final long SECOND = 1_000_000_000L;

    private final Deliveries deliveries = new Deliveries();

    @Test
    void a_message_shown_once_is_delivered() {
        deliveries.sent("a", 2, SECOND);
        assertThat(deliveries.isComplete()).isFalse();
        deliveries.shown("a", 2, 3 * SECOND);
        deliveries.acknowledged("a", 4, 5 * SECOND);
        assertThat(deliveries.isComplete()).isTrue();
        Deliveries.Summary summary = deliveries.summary();
        assertThat(summary.isExactlyOnce()).isTrue();
        assertThat(summary.acknowledged()).isEqualTo(1);
        assertThat(summary.delivery().p50()).isBetween(1999.0, 2002.0);
        assertThat(summary.acknowledgement().max()).isBetween(3999.0, 4005.0);
        assertThat(summary.meanHops()).isEqualTo(4);
    }

    @Test
    void what_is_shown_twice_or_to_the_wrong_person_or_never_is_counted() {
        deliveries.sent("a", 2, 0);
        deliveries.sent("b", 2, 0);
        deliveries.sent("c", 2, 0);
        deliveries.shown("a", 2, SECOND);
        deliveries.shown("a", 2, SECOND);
        deliveries.shown("b", 3, SECOND);
        deliveries.shown("d", 2, SECOND);
        deliveries.refused("c");
        Deliveries.Summary summary = deliveries.summary();
        assertThat(summary.isExactlyOnce()).isFalse();
        assertThat(summary)
                .returns(2L, Deliveries.Summary::sent)
                .returns(1L, Deliveries.Summary::delivered)
                .returns(1L, Deliveries.Summary::missing)
                .returns(1L, Deliveries.Summary::repeated)
                .returns(2L, Deliveries.Summary::unknown)
                .returns(1L, Deliveries.Summary::refused);
    }
}
