package org.privatus.dht.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.Value;
import org.privatus.dht.settings.RecordSettings;
import org.privatus.dht.world.Samples;
import org.privatus.testing.Seeded;

class RecordStoreTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final OptionalLong NOBODY = OptionalLong.empty();
    private static final OptionalLong ANY = OptionalLong.empty();

    private final Samples samples = new Samples(7);
    private final NodeId self = samples.id();
    private final NodeId target = samples.id();
    private final RecordStore store = new RecordStore(self, RecordSettings.defaults());

    @Test
    void the_higher_seq_wins_and_the_lower_is_told_so() {
        assertThat(put(target, 5, "five", ANY, 0)).isEqualTo(new StoreResult(Status.STORED, 5));
        assertThat(put(target, 4, "four", ANY, 0)).isEqualTo(new StoreResult(Status.OUTDATED, 5));
        assertThat(put(target, 6, "six", ANY, 0)).isEqualTo(new StoreResult(Status.STORED, 6));
        assertThat(store.get(target, 0)).contains(value("six"));
        assertThat(store.seq(target, 0)).hasValue(6);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void of_two_with_the_same_seq_all_nodes_keep_the_same() {
        put(target, 5, "b", ANY, 0);
        assertThat(put(target, 5, "a", ANY, 0).status()).isEqualTo(Status.OUTDATED);
        assertThat(put(target, 5, "c", ANY, 0).status()).isEqualTo(Status.STORED);
        assertThat(store.get(target, 0)).contains(value("c"));
    }

    @Test
    void compare_and_swap_as_in_bep_44() {
        assertThat(put(target, 5, "five", OptionalLong.of(1), 0).status())
                .as("nothing is held")
                .isEqualTo(Status.STORED);
        assertThat(put(target, 6, "six", OptionalLong.of(4), 0)).isEqualTo(new StoreResult(Status.CONFLICT, 5));
        assertThat(put(target, 6, "six", OptionalLong.of(5), 0).status()).isEqualTo(Status.STORED);
    }

    @Test
    void the_record_that_is_held_lives_on_without_being_verified_again() {
        put(target, 5, "five", ANY, 0);
        assertThat(store.judge(target, value("five"), 5, ANY, HOUR)).contains(new StoreResult(Status.STORED, 5));
        assertThat(store.get(target, 3 * HOUR - 1)).isPresent();
        assertThat(store.get(target, 3 * HOUR)).isEmpty();
    }

    @Test
    void a_record_expires_after_two_hours() {
        put(target, 5, "five", ANY, 0);
        assertThat(store.get(target, 2 * HOUR - 1)).isPresent();
        assertThat(store.get(target, 2 * HOUR)).isEmpty();
        assertThat(store.size()).isZero();
        assertThat(put(target, 1, "one", ANY, 2 * HOUR).status())
                .as("an expired record is no longer newer")
                .isEqualTo(Status.STORED);
    }

    @Test
    void no_repetition_outlives_the_record_itself() {
        store.put(new Offer(target, value("five"), 5, HOUR, NOBODY, ANY), 0);
        store.judge(target, value("five"), 5, ANY, HOUR - 1);
        assertThat(store.get(target, HOUR)).isEmpty();
    }

    @Seeded(10)
    void when_full_the_farthest_goes_and_then_the_oldest(long seed) {
        var drawn = new Samples(seed);
        var full = new RecordStore(self, RecordSettings.defaults().withCapacity(50, 50));
        for (int i = 0; i < 500; i++) {
            full.put(offer(drawn.id(), NOBODY), i);
            assertThat(full.size()).isLessThanOrEqualTo(50);
        }
        NodeId near = drawn.contactAtDepth(self, 9).id();
        NodeId far = drawn.contactAtDepth(self, 0).id();
        assertThat(full.put(offer(near, NOBODY), 1_000).status()).isEqualTo(Status.STORED);
        assertThat(full.put(offer(far, NOBODY), 1_001).status()).isEqualTo(Status.FULL);
        assertThat(full.get(near, 1_002)).isPresent();
    }

    @Test
    void what_has_expired_makes_room_first() {
        var full = new RecordStore(self, RecordSettings.defaults().withCapacity(2, 2));
        NodeId old = samples.contactAtDepth(self, 8).id();
        NodeId other = samples.contactAtDepth(self, 1).id();
        full.put(offer(old, NOBODY), 0);
        full.put(offer(other, NOBODY), HOUR);
        full.put(offer(samples.contactAtDepth(self, 0).id(), NOBODY), 2 * HOUR);
        assertThat(full.get(other, 2 * HOUR)).isPresent();
        assertThat(full.size()).isEqualTo(2);
    }

    @Test
    void a_source_beyond_its_quota_pushes_out_its_own_oldest_only() {
        var quotas = new RecordStore(self, RecordSettings.defaults().withCapacity(100, 3));
        NodeId others = samples.id();
        quotas.put(offer(others, OptionalLong.of(2)), 0);
        NodeId first = samples.id();
        quotas.put(offer(first, OptionalLong.of(1)), 1);
        for (int i = 2; i < 20; i++) {
            quotas.put(offer(samples.id(), OptionalLong.of(1)), i);
        }
        assertThat(quotas.size()).isEqualTo(4);
        assertThat(quotas.get(others, 20)).isPresent();
        assertThat(quotas.get(first, 20)).isEmpty();
    }

    private StoreResult put(NodeId where, long seq, String text, OptionalLong expected, long now) {
        return store.put(new Offer(where, value(text), seq, Long.MAX_VALUE, NOBODY, expected), now);
    }

    private static Offer offer(NodeId where, OptionalLong source) {
        return new Offer(where, value("v"), 1, Long.MAX_VALUE, source, ANY);
    }

    private static Value value(String text) {
        return new Value(Value.Kind.SIGNED, text.getBytes(StandardCharsets.UTF_8));
    }
}
