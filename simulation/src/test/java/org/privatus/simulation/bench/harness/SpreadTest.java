package org.privatus.simulation.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void the_median_of_an_odd_number_is_the_middle_one_and_of_an_even_one_the_mean_of_two() {
        assertThat(new Spread(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
        assertThat(new Spread(List.of(9.0, 1.0, 4.0, 5.0)).median()).isEqualTo(4.5);
        assertThat(new Spread(List.of(7.0)).median()).isEqualTo(7);
    }

    @Test
    void extremes_do_not_depend_on_the_order_of_rounds() {
        var spread = new Spread(List.of(3.0, -2.0, 8.0));
        assertThat(spread.min()).isEqualTo(-2);
        assertThat(spread.max()).isEqualTo(8);
        assertThat(spread.samples()).containsExactly(3.0, -2.0, 8.0);
    }

    @Test
    void a_quantile_is_the_nearest_rank() {
        long[] values = new long[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) values.length - i;
        }
        assertThat(Spread.quantile(values, 0.5)).isEqualTo(100);
        assertThat(Spread.quantile(values, 0.99)).isEqualTo(198);
        assertThat(Spread.quantile(values, 1)).isEqualTo(200);
        assertThat(Spread.quantile(new long[] {5}, 0.01)).isEqualTo(5);
        assertThat(values[0]).isEqualTo(200);
    }

    @Test
    void nothing_has_no_quantile_and_no_spread() {
        assertThatThrownBy(() -> Spread.quantile(new long[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Spread(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
