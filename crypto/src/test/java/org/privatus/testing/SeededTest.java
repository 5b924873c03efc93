package org.privatus.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SeededTest {
    private static long seedsSeen;

    @Seeded(7)
    void a_seeded_test_is_run_once_per_seed(long seed) {
        assertThat(seed).isNotNegative();
        seedsSeen++;
    }

    @AfterAll
    static void as_many_as_asked_for() {
        boolean asDeclared = System.getProperty("seed") == null && System.getProperty("seeds") == null;
        if (asDeclared) {
            assertThat(seedsSeen).isIn(0L, 7L);
        }
    }

    @Test
    void the_repository_is_found_from_a_module() {
        assertThat(SharedVectors.repository().resolve("pom.xml")).exists();
    }
}
