package org.privatus.crypto.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostTest {
    @Test
    void costs_add_up_kind_by_kind() {
        Cost cost = Cost.agreements(1)
                .plus(Cost.signatures(2))
                .plus(Cost.verifications(3))
                .plus(Cost.kems(4))
                .plus(Cost.argonKib(5))
                .plus(Cost.cells(6));
        assertThat(cost).isEqualTo(new Cost(1, 2, 3, 4, 5, 6));
        assertThat(cost.plus(Cost.NONE)).isEqualTo(cost);
    }
}
