package org.privatus.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

class BreakpointTest {
    private static final long DETAIL = (long) (4 + 1) << 40 | 17;

    @Test
    void a_step_is_named_by_its_number_by_its_cause_or_by_its_moment() {
        assertThat(Breakpoint.parse("391")).isEqualTo(new Breakpoint.Nth(391));
        assertThat(Breakpoint.parse("4:17")).isEqualTo(new Breakpoint.Caused(4, 17));
        assertThat(Breakpoint.parse("-1:17")).isEqualTo(new Breakpoint.Caused(EventLoop.WORLD, 17));
        assertThat(Breakpoint.parse("12.5s")).isEqualTo(new Breakpoint.Moment(12_500_000_000L, OptionalInt.empty()));
        assertThat(Breakpoint.parse("2m:8")).isEqualTo(new Breakpoint.Moment(120_000_000_000L, OptionalInt.of(8)));
    }

    @Test
    void a_moment_that_no_run_reaches_is_none_of_its_steps() {
        assertThat(Breakpoint.parse("999999999h").isAt(1, 2, 1_000_000_000L, DETAIL))
                .isFalse();
        assertThat(Breakpoint.parse("5124096h").isAt(1, 2, 1_000_000_000L, DETAIL))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-5", "4:", ":4", "12.5", "12d", "1.5s:", "4:-1", "1e9s", "99999999999999999999"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Breakpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no event: write ");
    }

    @Test
    void an_entry_names_the_breakpoint_at_which_it_is() {
        var step = new TraceEntry(2, 1_500_000_000L, EventKind.RECEIVED, DETAIL);
        assertThat(step).hasToString("1.500000000 s, node 2, received, event 17 of node 4 (--until 4:17)");
        assertThat(Breakpoint.parse("4:17").isAt(9, 2, step.timeNanos(), DETAIL))
                .isTrue();
        assertThat(Breakpoint.parse("4:18").isAt(9, 2, step.timeNanos(), DETAIL))
                .isFalse();
        String sent = Breakpoint.of(new TraceEntry(2, 1_500_000_000L, EventKind.SENT, -1));
        assertThat(sent).isEqualTo("1.5s:2");
        assertThat(Breakpoint.parse(sent).isAt(9, 2, step.timeNanos(), DETAIL)).isTrue();
        assertThat(Breakpoint.parse(sent).isAt(9, 3, step.timeNanos(), DETAIL)).isFalse();
        assertThat(Breakpoint.parse(sent).isAt(9, 2, step.timeNanos() - 1, DETAIL))
                .isFalse();
    }
}
