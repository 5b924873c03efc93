package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class ByIdTest {
    private final ById<String> index = new ById<>();

    @Seeded(50)
    void it_holds_what_a_sorted_map_holds(long seed) {
        var random = new SplittableRandom(seed);
        var expected = new TreeMap<Long, String>();
        long first = random.nextBoolean() ? 0 : random.nextLong();
        long step = random.nextBoolean() ? 1 : random.nextLong();
        for (int i = 0; i < 2_000; i++) {
            long id = first + random.nextInt(200) * step;
            switch (random.nextInt(3)) {
                case 0 -> {
                    index.put(id, "v" + i);
                    expected.put(id, "v" + i);
                }
                case 1 -> assertThat(index.remove(id)).isEqualTo(expected.remove(id));
                default -> {
                    assertThat(index.get(id)).isEqualTo(expected.get(id));
                    assertThat(index.containsKey(id)).isEqualTo(expected.containsKey(id));
                }
            }
            assertThat(index.size()).isEqualTo(expected.size());
        }
        assertThat(index.ids())
                .containsExactly(
                        expected.keySet().stream().mapToLong(Long::longValue).toArray());
        expected.forEach((id, value) -> assertThat(index.get(id)).isEqualTo(value));
    }

    @Test
    void only_the_entry_that_is_meant_is_removed() {
        index.put(7, "this");
        assertThat(index.remove(7, "other")).isFalse();
        assertThat(index.remove(8, "this")).isFalse();
        assertThat(index.get(7)).isEqualTo("this");
        assertThat(index.remove(7, "this")).isTrue();
        assertThat(index.size()).isZero();
        assertThat(index.ids()).isEmpty();
    }
}
