package org.privatus.node.link.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuspectedLossesTest {
    private final SuspectedLosses suspected = new SuspectedLosses();

    private void lose(long... numbers) {
        LongStream.of(numbers).forEach(suspected::add);
    }

    private static AckRanges acked(long from, long to) {
        var ranges = new AckRanges();
        ranges.append(from, to);
        return ranges;
    }

    @Test
    void when_all_arrived_it_says_so_once() {
        lose(3, 4, 5, 9);
        assertThat(suspected.settle(acked(3, 5))).isFalse();
        assertThat(suspected.settle(acked(8, 12))).isTrue();
        assertThat(suspected.settle(acked(0, 100))).isFalse();
    }

    @Test
    void part_of_a_range_is_not_enough() {
        lose(3, 4, 5);
        assertThat(suspected.settle(acked(4, 9))).isFalse();
        assertThat(suspected.settle(acked(0, 4))).isFalse();
        assertThat(suspected.settle(acked(3, 5))).isTrue();
    }

    @Test
    void whoever_loses_too_much_has_lost_it() {
        lose(1, 3, 5, 7, 9);
        assertThat(suspected.settle(acked(0, 10))).isFalse();
        suspected.clear();
        lose(11);
        assertThat(suspected.settle(acked(11, 11))).isTrue();
    }

    @Test
    void losses_of_two_acknowledgements_count_together() {
        lose(1);
        var more = new SuspectedLosses();
        more.add(4);
        suspected.addAll(more);
        assertThat(suspected.settle(acked(1, 1))).isFalse();
        assertThat(suspected.settle(acked(4, 4))).isTrue();
        lose(11, 13, 15);
        var tooMany = new SuspectedLosses();
        tooMany.add(17);
        tooMany.add(19);
        suspected.addAll(tooMany);
        assertThat(suspected.settle(acked(0, 20))).isFalse();
    }
}
