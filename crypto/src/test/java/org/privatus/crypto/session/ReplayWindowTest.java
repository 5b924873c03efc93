package org.privatus.crypto.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void holds_at_least_2048_packets() {
        assertThat(ReplayWindow.SIZE).isGreaterThanOrEqualTo(2048);
    }

    @Test
    void everything_is_fresh_once() {
        for (long counter = 0; counter < 10_000; counter++) {
            assertThat(window.isFresh(counter)).isTrue();
            window.accept(counter);
            assertThat(window.isFresh(counter)).isFalse();
        }
        assertThat(window.highest()).isEqualTo(9_999);
    }

    @Test
    void what_is_older_than_the_window_counts_as_seen() {
        window.accept(100_000);
        assertThat(window.isFresh(100_000 - ReplayWindow.SIZE + 1)).isTrue();
        assertThat(window.isFresh(100_000 - ReplayWindow.SIZE)).isFalse();
        assertThat(window.isFresh(0)).isFalse();
    }

    @Test
    void extreme_counters_are_handled() {
        assertThat(window.isFresh(-1)).isFalse();
        assertThat(window.isFresh(Long.MIN_VALUE)).isFalse();
        window.accept(0);
        window.accept(Long.MAX_VALUE);
        assertThat(window.isFresh(Long.MAX_VALUE)).isFalse();
        assertThat(window.isFresh(Long.MAX_VALUE - 1)).isTrue();
        assertThat(window.isFresh(1)).isFalse();
    }

    /// Against a set of all that was accepted: late, repeated and leaping counters in any mixture.
    @Seeded(100)
    void agrees_with_a_set_of_everything_seen(long seed) {
        Random random = new Random(seed);
        TreeSet<Long> seen = new TreeSet<>();
        long highest = -1;
        int leap = 1 << (1 + random.nextInt(14));
        for (int i = 0; i < 5_000; i++) {
            long counter = Math.max(0, highest - random.nextInt(leap) + random.nextInt(leap));
            boolean expected = counter > highest || (highest - counter < ReplayWindow.SIZE && !seen.contains(counter));
            assertThat(window.isFresh(counter)).isEqualTo(expected);
            if (expected && random.nextInt(4) > 0) {
                window.accept(counter);
                seen.add(counter);
                highest = Math.max(highest, counter);
            }
        }
        assertThat(window.highest()).isEqualTo(highest);
    }
}
