package org.privatus.onion.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.Puzzle;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.identity.PuzzleProof;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.onion.GuardSettings;
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
            relays.add(relay("80." + i / 2 + "." + i + "." + (i + 1) + ":4000", i < 6 ? 1 + i % 2 : 0));
        }
        return relays;
    }

    private static NodeDescriptor relay(String endpoint, long family) {
        return relay(NodeIdentity.generate(SUITE, KEYS, 0), endpoint, family);
    }

    private static NodeDescriptor relay(NodeIdentity identity, String endpoint, long family) {
        return NodeDescriptor.create(
                SUITE,
                identity,
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
        PathSelector selector = new PathSelector(
                pool, GuardSettings.defaults(), laboratory, RELAYS.get(0).contact(), behaviour);
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
        SortedSet<NodeKey> avoided = keys(RELAYS.get(7), RELAYS.get(8));
        SortedSet<NodeKey> avoidedLast = keys(RELAYS.get(9), RELAYS.get(10));
        Contact gateway = RELAYS.get(12).contact();
        TreeSet<NodeId> secondHops = new TreeSet<>();
        TreeSet<NodeId> firstHops = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            int hops = 2 + i % 5;
            PathWish wish = PathWish.of(hops)
                    .avoiding(avoided)
                    .avoidingLast(avoidedLast)
                    .towards(List.of(gateway));
            wish = i % 2 == 0 ? wish : wish.forInbound();
            List<PathHop> path = selector.select(wish, 0, EPOCH).orElseThrow();
            List<NodeId> ids = ids(path);
            assertThat(ids).hasSize(hops).doesNotHaveDuplicates().doesNotContain(SELF, CORRESPONDENT);
            assertThat(path.stream().map(hop -> hop.contact().key()))
                    .doesNotContainAnyElementsOf(avoided)
                    .doesNotContain(gateway.key());
            assertThat(avoidedLast).doesNotContain(path.getLast().contact().key());
            assertThat(groups(path)).doesNotHaveDuplicates();
            assertThat(groups(path.subList(1, hops)))
                    .doesNotContain(gateway.endpoint().wideGroup());
            assertThat(ids.stream().map(id -> descriptor(id).content().family()).filter(family -> family != 0))
                    .doesNotHaveDuplicates();
            assertThat(selector.fits(path, wish)).isTrue();
            firstHops.add(ids.getFirst());
            if (wish.inbound() && hops > 2) {
                secondHops.add(ids.get(1));
            }
        }
        assertThat(firstHops).hasSizeLessThanOrEqualTo(3);
        assertThat(secondHops).hasSizeLessThanOrEqualTo(8);
    }

    private static SortedSet<NodeKey> keys(NodeDescriptor... relays) {
        return new TreeSet<>(Stream.of(relays).map(NodeDescriptor::key).toList());
    }

    private static List<Long> groups(List<PathHop> path) {
        return path.stream().map(hop -> hop.contact().endpoint().wideGroup()).toList();
    }

    @Test
    void a_key_that_comes_with_another_puzzle_is_the_same_relay() {
        NodeIdentity identity = NodeIdentity.generate(SUITE, KEYS, 0);
        NodeDescriptor one = relay(identity, "80.1.0.1:1", 0);
        NodeIdentity again = otherPuzzle(identity);
        NodeDescriptor other = relay(again, "80.2.0.1:1", 0);
        assertThat(one.id()).isNotEqualTo(other.id());
        pool.learned(one, 0);
        pool.learned(other, 0);
        assertThat(selector(1, false).select(PathWish.of(2), 0, EPOCH)).isEmpty();
        pool.learned(relay("80.3.0.1:1", 0), 0);
        assertThat(selector(1, false).select(PathWish.of(2), 0, EPOCH)).isPresent();
        assertThat(selector(1, false).select(PathWish.of(3), 0, EPOCH)).isEmpty();

        Contact misstated = new Contact(one.key(), again.proof(), Contact.RELAYS, Endpoint.parse("80.9.0.1:1"));
        assertThat(selector(1, false).select(PathWish.of(2).towards(List.of(misstated)), 0, EPOCH))
                .isEmpty();
    }

    private static NodeIdentity otherPuzzle(NodeIdentity identity) {
        byte[] bytes = new byte[PuzzleNonce.LENGTH];
        KEYS.nextBytes(bytes);
        try {
            PuzzleNonce nonce = PuzzleNonce.read(new WireReader(bytes));
            PuzzleProof proof = Puzzle.check(SUITE, identity.key(), nonce, 0).orElseThrow();
            return NodeIdentity.restore(SUITE, identity.seed(), nonce, proof);
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_ready_circuit_serves_inbound_only_if_its_second_hop_stays() {
        RELAYS.forEach(relay -> pool.learned(relay, 0));
        PathSelector selector = selector(6, false);
        PathWish inbound = PathWish.of(3).forInbound();
        List<PathHop> path = selector.select(inbound, 0, EPOCH).orElseThrow();
        assertThat(selector.fits(path, inbound)).isTrue();
        assertThat(selector.secondGuards(EPOCH)).hasSize(4).contains(path.get(1).id());
        long fitting = 0;
        for (int i = 0; i < 100; i++) {
            List<PathHop> other = selector.select(PathWish.of(3), 0, EPOCH).orElseThrow();
            fitting += selector.fits(other, inbound) ? 1 : 0;
        }
        assertThat(fitting).isBetween(1L, 60L);
    }

    /// Middle and last hops of many paths: each relay as often as its weight says, and each pair as if drawn apart.
    @Test
    void relays_are_drawn_by_weight_and_ends_do_not_depend_on_each_other() {
        List<NodeDescriptor> relays = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            relays.add(relay("80." + i + ".0.1:1", 0));
        }
        relays.forEach(relay -> pool.learned(relay, 0));
        int guards = 0;
        int tries = 24_000;
        long[] last = new long[24];
        long[][] pairs = new long[24][24];
        PathSelector selector = selector(8, false);
        for (int i = 0; i < tries; i++) {
            List<NodeId> ids = ids(selector.select(PathWish.of(3), 0, EPOCH).orElseThrow());
            int middle = place(relays, ids.get(1));
            int end = place(relays, ids.get(2));
            last[end]++;
            pairs[middle][end]++;
            guards += selector.guards(EPOCH).contains(ids.get(2)) ? 1 : 0;
        }
        assertThat(guards).isPositive();
        List<NodeId> first = selector.guards(EPOCH);
        double expected = (double) tries / 23;
        for (int i = 0; i < 24; i++) {
            if (!first.contains(relays.get(i).id())) {
                assertThat((double) last[i]).isBetween(0.85 * expected, 1.25 * expected);
            }
        }
        double pair = (double) tries / (23 * 22);
        double chiSquare = 0;
        int cells = 0;
        for (int i = 0; i < 24; i++) {
            for (int j = 0; j < 24; j++) {
                if (i != j
                        && !first.contains(relays.get(i).id())
                        && !first.contains(relays.get(j).id())) {
                    chiSquare += (pairs[i][j] - pair) * (pairs[i][j] - pair) / pair;
                    cells++;
                }
            }
        }
        assertThat(chiSquare / cells).isBetween(0.7, 1.5);
    }

    private static int place(List<NodeDescriptor> relays, NodeId id) {
        for (int i = 0; i < relays.size(); i++) {
            if (relays.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new AssertionError("not of the relays");
    }

    @Test
    void where_no_path_keeps_the_rules_there_is_none() {
        List.of(relay("80.9.9.1:1", 0), relay("80.9.8.2:1", 0), relay("80.9.7.3:1", 0))
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
    void paths_are_chosen_from_many_relays_or_from_all_there_are() {
        pool.learned(RELAYS.get(2), 5);
        assertThat(pool.readyAtNanos(6)).isEqualTo(1_000_000_005L);
        RELAYS.forEach(relay -> pool.learned(relay, 7));
        assertThat(pool.readyAtNanos(8)).isEqualTo(8);
    }
}
