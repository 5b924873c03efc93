package org.privatus.dht.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.privatus.testing.Seeded;

class MentionedTest {
    private final Mentioned mentioned = new Mentioned();

    @Seeded
    void each_is_found_by_its_hash_however_many_share_it_and_whoever_left(long seed) {
        var random = new SplittableRandom(seed);
        int[] hashes = random.ints(1 + random.nextInt(100)).toArray();
        var expected = new TreeMap<Integer, Integer>();
        for (int i = 0; i < 2_000; i++) {
            int number = random.nextInt(300);
            if (expected.containsKey(number)) {
                mentioned.remove(expected.remove(number), number);
            } else {
                int hash = hashes[random.nextInt(hashes.length)];
                mentioned.put(hash, number);
                expected.put(number, hash);
            }
        }
        for (int hash : hashes) {
            assertThat(numbers(hash))
                    .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                            .filter(number -> expected.get(number) == hash)
                            .toList());
        }
    }

    private List<Integer> numbers(int hash) {
        var found = new ArrayList<Integer>();
        for (int slot = mentioned.first(hash); slot != Mentioned.NONE; slot = mentioned.next(slot)) {
            found.add(mentioned.number(slot));
        }
        return found;
    }
}
