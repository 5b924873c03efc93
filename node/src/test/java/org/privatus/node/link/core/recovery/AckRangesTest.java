package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class AckRangesTest {
    private final AckRanges ranges = new AckRanges();

    @Seeded(50)
    void they_hold_what_was_added_in_any_order(long seed) {
        var random = new SplittableRandom(seed);
        var model = new TreeSet<Long>();
        for (int i = 0; i < 200; i++) {
            long number = random.nextLong(60);
            assertThat(ranges.add(number)).isEqualTo(model.add(number));
        }
        for (long number = 0; number < 60; number++) {
            assertThat(ranges.contains(number)).isEqualTo(model.contains(number));
        }
        for (int i = 1; i < ranges.count(); i++) {
            assertThat(ranges.smallest(i)).isLessThanOrEqualTo(ranges.largest(i));
            assertThat(ranges.largest(i)).isLessThan(ranges.smallest(i - 1) - 1);
        }
    }

    @Test
    void without_room_the_lowest_are_forgotten() {
        for (long number = 0; number < 200; number += 2) {
            ranges.add(number);
        }
        assertThat(ranges.count()).isEqualTo(AckRanges.CAPACITY);
        assertThat(ranges.largest()).isEqualTo(198);
        assertThat(ranges.contains(198 - 2 * AckRanges.CAPACITY)).isFalse();
        assertThat(ranges.add(0)).isFalse();
        assertThat(ranges.count()).isEqualTo(AckRanges.CAPACITY);
    }
}
