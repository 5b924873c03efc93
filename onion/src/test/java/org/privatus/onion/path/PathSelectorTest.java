package org.privatus.onion.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.testing.Seeded;

class PathSelectorTest {
    private static final long EPOCH = 1_760_000_000_000L;
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final List<NodeDescriptor> RELAYS = relays();
    private static final NodeId SELF = RELAYS.get(0).id();
    private static final NodeId CORRESPONDENT = RELAYS.get(1).id();

    private final RelayPool pool = new RelayPool(8, 1_000_000_000L);

    /// Thirty relays in fifteen address groups and, of those, six in two families.
    private static List<NodeDescriptor> relays() {
        List<NodeDescriptor> relays = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            relays.add(relay("80.0." + i / 2 + "." + (i + 1) + ":4000", i < 6 ? 1 + i % 2 : 0));
        }
        return relays;
    }

    private static NodeDescriptor relay(String endpoint, long family) {
        return NodeDescriptor.create(
                SUITE,
                NodeIdentity.generate(SUITE, KEYS, 0),
                NetworkId.DEV,
                new NodeDescriptor.Content(
                        List.of(Endpoint.parse(endpoint)),
                        OnionKeyPair.generate(SUITE, KEYS).key(),
                        EPOCH - 1_000,
                        EPOCH + 1_000_000,
                        family,
                        0,
                        0,
                        NodeDescriptor.RELAYS));
    }

    private static NodeDescriptor descriptor(NodeId id) {
        return RELAYS.stream()
                .filter(relay -> relay.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private PathSelector selector(long seed, boolean laboratory) {
        RandomGenerator behaviour =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        PathSelector selector = new PathSelector(pool, 3, laboratory, SELF, behaviour);
        selector.correspondentAt(CORRESPONDENT);
        return selector;
    }

    private static List<NodeId> ids(List<PathHop> path) {
        return path.stream().map(PathHop::id).toList();
    }

    @Seeded(200)
    void every_path_keeps_every_rule(long seed) {
        RELAYS.forEach(relay -> pool.learned(relay, 0));
        PathSelector selector = selector(seed, false);
        TreeSet<NodeId> avoided =
                new TreeSet<>(List.of(RELAYS.get(7).id(), RELAYS.get(8).id()));
        TreeSet<NodeId> avoidedLast =
                new TreeSet<>(List.of(RELAYS.get(9).id(), RELAYS.get(10).id()));
        TreeSet<NodeId> firstHops = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            int hops = 2 + i % 5;
            PathWish wish = PathWish.of(hops).avoiding(avoided).avoidingLast(avoidedLast);
            List<PathHop> path = selector.select(wish, 0, EPOCH).orElseThrow();
            List<NodeId> ids = ids(path);
            assertThat(ids)
                    .hasSize(hops)
                    .doesNotHaveDuplicates()
                    .doesNotContain(SELF, CORRESPONDENT)
                    .doesNotContainAnyElementsOf(avoided);
            assertThat(avoidedLast).doesNotContain(ids.getLast());
            assertThat(ids.stream()
                            .map(id -> descriptor(id).endpoints().getFirst().group()))
                    .doesNotHaveDuplicates();
            assertThat(ids.stream().map(id -> descriptor(id).content().family()).filter(family -> family != 0))
                    .doesNotHaveDuplicates();
            assertThat(selector.fits(path, wish)).isTrue();
            firstHops.add(ids.getFirst());
        }
        assertThat(firstHops).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void where_no_path_keeps_the_rules_there_is_none() {
        List.of(relay("80.9.9.1:1", 0), relay("80.9.9.2:1", 0), relay("80.9.9.3:1", 0))
                .forEach(relay -> pool.learned(relay, 0));
        assertThat(selector(1, false).select(PathWish.of(2), 0, EPOCH)).isEmpty();
    }

    @Test
    void in_a_laboratory_private_addresses_are_no_group() {
        List.of(relay("127.0.0.1:1", 0), relay("127.0.0.1:2", 0), relay("127.0.0.1:3", 0))
                .forEach(relay -> pool.learned(relay, 0));
        assertThat(selector(1, true).select(PathWish.of(3), 0, EPOCH)).isPresent();
        assertThat(selector(1, false).select(PathWish.of(3), 0, EPOCH)).isEmpty();
    }

    @Test
    void relays_that_failed_rest_and_are_taken_when_there_are_no_others() {
        List<NodeDescriptor> three = List.of(relay("80.1.0.1:1", 0), relay("80.2.0.1:1", 0), relay("80.3.0.1:1", 0));
        three.forEach(relay -> pool.learned(relay, 0));
        NodeId failed = three.getFirst().id();
        pool.failed(failed, 0);
        PathSelector selector = selector(3, false);
        for (int i = 0; i < 50; i++) {
            assertThat(ids(selector.select(PathWish.of(2), 1, EPOCH).orElseThrow()))
                    .doesNotContain(failed);
        }
        assertThat(ids(selector.select(PathWish.of(3), 1, EPOCH).orElseThrow())).contains(failed);
    }

    @Test
    void expired_descriptors_are_not_used() {
        RELAYS.forEach(relay -> pool.learned(relay, 0));
        assertThat(selector(1, false).select(PathWish.of(3), 0, EPOCH + 10_000_000))
                .isEmpty();
    }

    @Test
    void a_guard_that_fails_three_times_is_replaced() {
        RELAYS.forEach(relay -> pool.learned(relay, 0));
        PathSelector selector = selector(5, false);
        selector.select(PathWish.of(3), 0, EPOCH);
        List<NodeId> guards = selector.guards();
        assertThat(guards).hasSize(3);
        for (int i = 0; i < 3; i++) {
            selector.guardFailed(guards.getFirst());
        }
        selector.select(PathWish.of(3), 0, EPOCH);
        assertThat(selector.guards()).hasSize(3).containsAll(guards.subList(1, 3));
        assertThat(selector.guards()).isNotEqualTo(guards);
    }

    @Test
    void paths_are_chosen_from_many_relays_or_from_all_there_are() {
        pool.learned(RELAYS.get(2), 5);
        assertThat(pool.readyAtNanos(6)).isEqualTo(1_000_000_005L);
        RELAYS.forEach(relay -> pool.learned(relay, 7));
        assertThat(pool.readyAtNanos(8)).isEqualTo(8);
    }
}
