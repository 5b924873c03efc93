package org.privatus.node.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class SpliceCreditsTest {
    private static final int CAPACITY = 1_000;

    private final SpliceCredits credits = new SpliceCredits();

    @Test
    void room_is_granted_once() {
        credits.opened(7, CAPACITY);
        assertThat(credits.grant(7, CAPACITY)).isZero();
        credits.used(7, 600);
        assertThat(credits.grant(7, CAPACITY)).isEqualTo(600);
        assertThat(credits.grant(7, CAPACITY)).isZero();
    }

    @Test
    void nothing_is_granted_for_a_splice_that_is_not_open() {
        assertThat(credits.grant(7, CAPACITY)).isZero();
        credits.opened(7, CAPACITY);
        credits.closed(7);
        credits.used(7, 10);
        assertThat(credits.grant(7, CAPACITY)).isZero();
    }

    /// A messenger that sends whenever it may, a stream that drains by chance and tells of room only when it had been more
    /// than half full: nothing is sent without room, and it never stops for good.
    @Seeded
    void credit_never_exceeds_room_and_never_dries_up(long seed) {
        var random = new SplittableRandom(seed);
        var onTheWay = new ArrayDeque<Integer>();
        credits.opened(1, CAPACITY);
        long allowed = CAPACITY;
        int buffered = 0;
        boolean lowered = false;
        long sent = 0;
        for (int i = 0; i < 20_000; i++) {
            if (allowed > 0 && random.nextBoolean()) {
                int bytes = (int) Math.min(allowed, 1 + random.nextInt(443));
                onTheWay.add(bytes);
                allowed -= bytes;
            } else if (!onTheWay.isEmpty() && random.nextBoolean()) {
                int bytes = onTheWay.remove();
                credits.used(1, bytes);
                assertThat(bytes).isLessThanOrEqualTo(CAPACITY - buffered);
                buffered += bytes;
                sent += bytes;
                lowered |= buffered > CAPACITY / 2;
                allowed += credits.grant(1, CAPACITY - buffered);
            } else {
                buffered = Math.max(0, buffered - random.nextInt(500));
                if (lowered && buffered <= CAPACITY / 2) {
                    lowered = false;
                    allowed += credits.grant(1, CAPACITY - buffered);
                }
            }
        }
        assertThat(sent).isGreaterThan(500_000);
    }
}
