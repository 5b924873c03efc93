package org.privatus.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    @SuppressWarnings("NullAway") // a bug of a caller's
    void a_hash_that_threw_leaves_nothing_to_the_next() {
        byte[] data = {1, 2, 3};
        byte[] hash = Sha256.of(data);
        assertThatThrownBy(() -> Sha256.of(data, null)).isInstanceOf(NullPointerException.class);
        assertThat(Sha256.of(data)).isEqualTo(hash);
    }
}
