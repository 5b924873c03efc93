package org.privatus.onion.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The window alone, on a path of one queue: what is under way beyond what fits makes each round trip longer.
class VegasWindowTest {
    private static final WindowSettings SETTINGS = WindowSettings.defaults();
    private static final long EMPTY_NANOS = 100_000_000L;

    private final VegasWindow window = new VegasWindow(SETTINGS);

    /// One round trip with a full window over a path that holds so many cells while it is empty.
    private void round(int fitting) {
        int cells = window.cells();
        long rtt = EMPTY_NANOS * Math.max(cells, fitting) / fitting;
        for (int acknowledged = 0; acknowledged < cells; acknowledged += SendWindow.INCREMENT) {
            window.acknowledged(rtt, true);
        }
    }

    @Test
    void slow_start_doubles_the_window_with_each_round_trip() {
        round(4_000);
        assertThat(window.cells()).isEqualTo(256);
        round(4_000);
        assertThat(window.cells()).isEqualTo(512);
    }

    @Test
    void it_settles_where_some_cells_wait_and_not_too_many() {
        for (int i = 0; i < 40; i++) {
            round(1_000);
        }
        assertThat(window.cells() - 1_000).isBetween(SETTINGS.queue() / 2, SETTINGS.queue() * 2);
    }

    @Test
    void it_falls_when_the_path_becomes_narrow_and_rises_when_it_becomes_wide() {
        for (int i = 0; i < 40; i++) {
            round(1_000);
        }
        for (int i = 0; i < 40; i++) {
            round(200);
        }
        assertThat(window.cells()).isBetween(200 + SETTINGS.queue() / 2, 200 + SETTINGS.queue() * 2);
        for (int i = 0; i < 60; i++) {
            round(1_000);
        }
        assertThat(window.cells()).isGreaterThan(1_000);
    }

    @Test
    void who_sends_little_gets_no_larger_window() {
        for (int i = 0; i < 100; i++) {
            window.acknowledged(EMPTY_NANOS, false);
        }
        assertThat(window.cells()).isEqualTo(SETTINGS.initial());
    }

    @Test
    void it_stays_within_its_bounds() {
        for (int i = 0; i < 200; i++) {
            round(1_000_000);
        }
        assertThat(window.cells()).isEqualTo(SETTINGS.max());
        for (int i = 0; i < 200; i++) {
            window.acknowledged(EMPTY_NANOS * 1_000, true);
        }
        assertThat(window.cells()).isGreaterThanOrEqualTo(SETTINGS.min());
    }

    @Test
    void a_path_that_became_longer_does_not_keep_the_window_at_its_minimum() {
        WindowSettings narrow = new WindowSettings(64, 64, 4_096, 16);
        VegasWindow tight = new VegasWindow(narrow);
        for (int i = 0; i < 20; i++) {
            tight.acknowledged(EMPTY_NANOS / 100, true);
        }
        for (int i = 0; i < 2_000; i++) {
            tight.acknowledged(EMPTY_NANOS, true);
        }
        assertThat(tight.cells()).isGreaterThan(narrow.min());
    }
}
