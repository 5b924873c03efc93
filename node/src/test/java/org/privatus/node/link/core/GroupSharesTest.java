package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import org.junit.jupiter.api.Test;

class GroupSharesTest {
    private static final int RATE = 100;

    private final GroupShares shares = new GroupShares(RATE, 0x1234_5678_9abc_def0L);

    /// How much a group gets that always wants more.
    private int take(long group, long now) {
        int taken = 0;
        while (shares.isWithin(group, now)) {
            shares.used(group, now);
            taken++;
        }
        return taken;
    }

    @Test
    void a_group_alone_gets_all() {
        assertThat(take(1, SECOND)).isEqualTo(RATE);
    }

    @Test
    void a_group_gets_less_the_more_there_are_and_always_one() {
        for (int group = 1; group <= 4; group++) {
            shares.used(group, SECOND);
        }
        assertThat(take(1, SECOND)).isEqualTo(RATE / 4 - 1);
        for (int group = 5; group <= 400; group++) {
            shares.used(group, SECOND);
        }
        assertThat(take(1_000, SECOND)).isLessThanOrEqualTo(1);
        assertThat(take(2, SECOND)).isZero();
    }

    @Test
    void the_groups_of_the_second_before_count_and_those_before_that_do_not() {
        for (int group = 1; group <= 10; group++) {
            shares.used(group, SECOND);
        }
        assertThat(take(99, 2 * SECOND)).isEqualTo(RATE / 10);
        assertThat(take(99, 5 * SECOND)).isEqualTo(RATE);
    }

    @Test
    void it_takes_no_more_room_for_many_groups() {
        for (long group = 0; group < 100_000; group++) {
            shares.used(group, SECOND);
        }
        assertThat(shares.isWithin(7, SECOND)).isFalse();
        assertThat(shares.isWithin(7, 3 * SECOND)).isTrue();
    }
}
