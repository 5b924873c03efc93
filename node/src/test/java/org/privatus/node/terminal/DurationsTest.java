package org.privatus.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "10M,600000", "2h,7200000", "1d,86400000", "0s,0"})
    void a_number_and_a_unit(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "-1s", "s", "1.5s", "1s2m", "9999999999s", "1 s"})
    void anything_else_is_refused_with_examples(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("30s");
    }

    @ParameterizedTest
    @CsvSource({"420,420 ms", "3240,3.2 s", "310000,5 m 10 s", "10920000,3 h 2 m", "349200000,4 d 1 h"})
    void two_units_are_enough(long millis, String text) {
        assertThat(Durations.text(millis)).isEqualTo(text);
    }
}
