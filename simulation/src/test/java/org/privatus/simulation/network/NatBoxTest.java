package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NatBoxTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int INNER = 4460;
    private static final long ONE = remote(1, 100);
    private static final long SAME_ADDRESS = remote(1, 101);
    private static final long OTHER = remote(2, 100);

    @Test
    void an_endpoint_independent_mapping_is_one_for_all() {
        for (NatKind kind : new NatKind[] {NatKind.FULL_CONE, NatKind.RESTRICTED, NatKind.PORT_RESTRICTED}) {
            var box = new NatBox(kind, 1);
            assertThat(box.outward(INNER, ONE, 0)).as(kind.name()).isEqualTo(INNER);
            assertThat(box.outward(INNER, OTHER, 0)).isEqualTo(INNER);
            assertThat(box.allocations()).isEqualTo(1);
        }
        var box = new NatBox(NatKind.EIM, 1);
        int outer = box.outward(INNER, ONE, 0);
        assertThat(outer).isNotEqualTo(INNER).isEqualTo(box.outward(INNER, OTHER, 0));
    }

    @Test
    void a_dependent_mapping_is_another_for_others() {
        var byAddress = new NatBox(NatKind.ADDRESS_DEPENDENT, 1);
        assertThat(byAddress.outward(INNER, ONE, 0))
                .isEqualTo(byAddress.outward(INNER, SAME_ADDRESS, 0))
                .isNotEqualTo(byAddress.outward(INNER, OTHER, 0));
        var symmetric = new NatBox(NatKind.SYMMETRIC, 1);
        assertThat(symmetric.outward(INNER, ONE, 0))
                .isEqualTo(symmetric.outward(INNER, ONE, 0))
                .isNotEqualTo(symmetric.outward(INNER, SAME_ADDRESS, 0));
        var sequential = new NatBox(NatKind.SYMMETRIC_SEQUENTIAL, 1);
        int first = sequential.outward(INNER, ONE, 0);
        assertThat(sequential.outward(INNER, OTHER, 0)).isEqualTo(first + 1);
    }

    @Test
    void filters_let_in_whom_they_should() {
        assertThat(letsIn(NatKind.FULL_CONE, ONE, SAME_ADDRESS, OTHER)).containsExactly(true, true, true);
        assertThat(letsIn(NatKind.RESTRICTED, ONE, SAME_ADDRESS, OTHER)).containsExactly(true, true, false);
        assertThat(letsIn(NatKind.PORT_RESTRICTED, ONE, SAME_ADDRESS, OTHER)).containsExactly(true, false, false);
        assertThat(letsIn(NatKind.SYMMETRIC, ONE, SAME_ADDRESS, OTHER)).containsExactly(true, false, false);
    }

    private static boolean[] letsIn(NatKind kind, long... remotes) {
        var allowed = new boolean[remotes.length];
        for (int i = 0; i < remotes.length; i++) {
            var box = new NatBox(kind, 1);
            int outer = box.outward(INNER, ONE, 0);
            assertThat(box.inward(outer + 1, ONE, 1)).isEqualTo(NatBox.REFUSED);
            allowed[i] = box.inward(outer, remotes[i], 1) == INNER;
        }
        return allowed;
    }

    @Test
    void a_mapping_lives_as_long_as_it_is_used_in_either_direction() {
        var box = new NatBox(NatKind.EIM.withTimeoutNanos(30 * SECOND), 1);
        int outer = box.outward(INNER, ONE, 0);
        assertThat(box.inward(outer, ONE, 29 * SECOND)).isEqualTo(INNER);
        assertThat(box.outward(INNER, OTHER, 50 * SECOND)).isEqualTo(outer);
        assertThat(box.inward(outer, ONE, 58 * SECOND)).isEqualTo(INNER);
        assertThat(box.inward(outer, OTHER, 81 * SECOND))
                .as("not used for 31 s")
                .isEqualTo(NatBox.REFUSED);
        assertThat(box.inward(outer, ONE, 89 * SECOND)).isEqualTo(NatBox.REFUSED);
        assertThat(box.outward(INNER, ONE, 90 * SECOND)).isNotEqualTo(outer);
    }

    @Test
    void a_port_is_given_out_once_at_a_time() {
        var preserving = new NatBox(NatKind.FULL_CONE, 1);
        var outer = new TreeSet<Integer>();
        outer.add(preserving.outward(5000, ONE, 0));
        outer.add(preserving.outward(5001, ONE, 0));
        outer.add(preserving.outward(80, ONE, 0));
        assertThat(outer).containsExactly(1024, 5000, 5001);
        var random = new NatBox(NatKind.SYMMETRIC, 1);
        var ports = new TreeSet<Integer>();
        for (int i = 0; i < 2_000; i++) {
            ports.add(random.outward(INNER, remote(7, i), 0));
        }
        assertThat(ports).hasSize(2_000);
        assertThat(ports.first()).isGreaterThanOrEqualTo(1024);
    }

    @Test
    void a_full_table_refuses_until_something_in_it_is_over() {
        var box = new NatBox(NatKind.SYMMETRIC.withFlowsMax(10).withTimeoutNanos(16 * SECOND), 1);
        for (int i = 0; i < 10; i++) {
            assertThat(box.outward(INNER, remote(1, i), i * SECOND)).isNotEqualTo(NatBox.REFUSED);
        }
        assertThat(box.outward(INNER, OTHER, 10 * SECOND)).isEqualTo(NatBox.REFUSED);
        assertThat(box.outward(INNER, remote(1, 3), 10 * SECOND)).as("known").isNotEqualTo(NatBox.REFUSED);
        assertThat(box.outward(INNER, OTHER, 18 * SECOND)).as("three are over").isNotEqualTo(NatBox.REFUSED);
    }

    @Test
    void a_stranger_who_comes_first_takes_the_port_of_a_poisonable_router() {
        var box = new NatBox(NatKind.POISONABLE, 1);
        assertThat(box.outward(INNER, ONE, 0)).isEqualTo(INNER);
        assertThat(box.outward(INNER, SAME_ADDRESS, 0)).isEqualTo(INNER);
        assertThat(box.inward(INNER, OTHER, 1)).isEqualTo(NatBox.REFUSED);
        int other = box.outward(INNER, OTHER, 2);
        assertThat(other).isNotEqualTo(INNER);
        assertThat(box.inward(other, OTHER, 3)).isEqualTo(INNER);
        assertThat(box.inward(INNER, OTHER, 3)).isEqualTo(NatBox.REFUSED);
        assertThat(box.inward(INNER, ONE, 3)).isEqualTo(INNER);
    }

    @Test
    void impossible_boxes_are_refused() {
        assertThatThrownBy(() -> NatKind.EIM.withTimeoutNanos(1)).hasMessageContaining("eim");
        assertThatThrownBy(() -> NatKind.EIM.withFlowsMax(0)).hasMessageContaining("0 flows");
    }

    private static long remote(int address, int port) {
        return (long) address << 16 | port;
    }
}
