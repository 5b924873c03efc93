package org.privatus.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.Trace;

class TraceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void the_hash_does_not_depend_on_how_nodes_interleave() {
        var one = new TraceHash(2);
        one.record(0, 1, EventKind.TIMER, 7);
        one.record(1, 2, EventKind.SENT, 8);
        var other = new TraceHash(2);
        other.record(1, 2, EventKind.SENT, 8);
        other.record(0, 1, EventKind.TIMER, 7);
        assertThat(other.toString()).isEqualTo(one.toString()).hasSize(16);
        assertThat(other.firstDifference(one)).isEqualTo(-1);
    }

    @Test
    void the_hash_depends_on_all_of_an_entry_but_not_on_the_world() {
        var base = hash(0, 1, EventKind.TIMER, 7);
        assertThat(hash(0, 2, EventKind.TIMER, 7).value()).isNotEqualTo(base.value());
        assertThat(hash(0, 1, EventKind.SENT, 7).value()).isNotEqualTo(base.value());
        assertThat(hash(0, 1, EventKind.TIMER, 8).value()).isNotEqualTo(base.value());
        assertThat(hash(1, 1, EventKind.TIMER, 7).value()).isNotEqualTo(base.value());
        assertThat(hash(1, 1, EventKind.TIMER, 7).firstDifference(base)).isZero();
        base.record(EventLoop.WORLD, 5, EventKind.SCENARIO, 1);
        assertThat(base.value()).isEqualTo(hash(0, 1, EventKind.TIMER, 7).value());
        assertThat(base.count()).isEqualTo(1);
    }

    @Test
    void checkpoints_name_the_first_second_that_differs() {
        var one = new Checkpoints();
        var other = new Checkpoints();
        fill(one, 5000, -1);
        fill(other, 5000, -1);
        assertThat(one.firstDifference(other)).isEqualTo(-1);
        var third = new Checkpoints();
        fill(third, 5000, 3210);
        assertThat(one.firstDifference(third)).isEqualTo(3210);
        var shorter = new Checkpoints();
        fill(shorter, 100, -1);
        assertThat(one.firstDifference(shorter)).isEqualTo(100);
    }

    @Test
    void a_window_shows_the_first_entry_that_differs() {
        var one = new Window(3);
        var other = new Window(3);
        fill(one, 6, -1);
        fill(other, 6, -1);
        assertThat(one.firstDifference(other)).isEmpty();
        other.record(4, 3 * SECOND + 5, EventKind.LOST, 255);
        assertThat(one.firstDifference(other))
                .hasValue("first: nothing more\nsecond: 3.000000005 s, node 4, lost, datagram 00000000000000ff"
                        + " (--until 3.000000005s:4)");
    }

    private static void fill(Trace trace, int seconds, int changed) {
        for (int second = 0; second < seconds; second++) {
            trace.record(1, second * SECOND + 3, EventKind.TIMER, second == changed ? -1 : second);
        }
    }

    private static TraceHash hash(int node, long time, EventKind kind, long detail) {
        var hash = new TraceHash(2);
        hash.record(node, time, kind, detail);
        return hash;
    }
}
