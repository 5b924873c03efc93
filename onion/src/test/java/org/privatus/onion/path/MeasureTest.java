package org.privatus.onion.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
import org.privatus.onion.GuardSettings;
import org.privatus.testing.Seeded;

/// What relays did, and how often they are chosen after it.
class MeasureTest {
    private static final long EPOCH = 1_760_000_000_000L;
    private static final long HOP_NANOS = 50_000_000L;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final OnionKeyPair ONION_KEY = OnionKeyPair.generate(SUITE, KEYS);

    private final RelayPool pool = new RelayPool(8, 0);
    private final List<NodeId> relays = new ArrayList<>();
    private final RandomGenerator behaviour =
            RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    private long now;

    private NodeId add(long claimedKbits) {
        NodeDescriptor relay = NodeDescriptor.create(
                SUITE,
                NodeIdentity.generate(SUITE, KEYS, 0),
                NetworkId.DEV,
                new NodeDescriptor.Content(
                        List.of(Endpoint.parse("80." + relays.size() + ".0.1:1")),
                        ONION_KEY.key(),
                        EPOCH - 1_000,
                        EPOCH + NodeDescriptor.MAX_VALIDITY_MILLIS - 1_000,
                        0,
                        0,
                        claimedKbits,
                        NodeDescriptor.RELAYS));
        pool.learned(relay, now);
        relays.add(relay.id());
        return relay.id();
    }

    private void addAll(int count) {
        for (int i = 0; i < count; i++) {
            add(0);
        }
    }

    /// How often each is drawn.
    private Map<NodeId, Integer> draws(int count) {
        TreeMap<NodeId, Integer> drawn = new TreeMap<>();
        relays.forEach(relay -> drawn.put(relay, 0));
        for (int i = 0; i < count; i++) {
            NodeId relay = PathSelector.weighted(pool.valid(EPOCH), behaviour)
                    .orElseThrow()
                    .id();
            drawn.merge(relay, 1, Integer::sum);
        }
        return drawn;
    }

    private void prove(NodeId relay) {
        pool.succeeded(relay, HOP_NANOS, now - 31 * MINUTE);
        pool.succeeded(relay, HOP_NANOS, now);
    }

    @Test
    void a_claim_never_raises_and_a_small_one_lowers() {
        NodeId silent = add(0);
        NodeId boasting = add(100_000_000);
        NodeId modest = add(500);
        Map<NodeId, Integer> drawn = draws(9_000);
        assertThat(drawn.get(silent)).isBetween(3_700, 4_300);
        assertThat(drawn.get(boasting)).isBetween(3_700, 4_300);
        assertThat(drawn.get(modest)).isBetween(800, 1_200);
    }

    @Test
    void a_claim_below_what_was_measured_holds() {
        addAll(8);
        NodeId claiming = add(2_000);
        relays.forEach(relay -> prove(relay));
        for (int i = 0; i < 40; i++) {
            pool.carried(relays, 8_000, now);
        }
        Map<NodeId, Integer> drawn = draws(8_250);
        assertThat(drawn.get(claiming)).isBetween(180, 330);
        assertThat(drawn.get(relays.getFirst())).isBetween(850, 1_150);
    }

    @Test
    void relays_are_chosen_by_what_they_were_seen_to_carry_within_bounds() {
        addAll(9);
        relays.forEach(relay -> prove(relay));
        for (int i = 0; i < 40; i++) {
            pool.carried(relays.subList(0, 3), 4_000, now);
            pool.carried(relays.subList(3, 6), 8_000, now);
            pool.carried(relays.subList(6, 9), 1_000_000, now);
        }
        Map<NodeId, Integer> drawn = draws(16_500);
        // 1/2, 1 and at most 4, three times each.
        assertThat(drawn.get(relays.get(0))).isBetween(420, 580);
        assertThat(drawn.get(relays.get(4))).isBetween(880, 1_120);
        assertThat(drawn.get(relays.get(8))).isBetween(3_700, 4_300);
    }

    @Test
    void those_that_have_not_proven_themselves_get_a_bounded_part_however_many_they_are() {
        addAll(20);
        relays.forEach(relay -> prove(relay));
        List<NodeId> proven = List.copyOf(relays);
        addAll(200);
        Map<NodeId, Integer> drawn = draws(8_000);
        int toProven = proven.stream().mapToInt(drawn::get).sum();
        assertThat(toProven).isBetween(5_800, 6_200);
    }

    @Test
    void half_an_hour_without_failure_proves_and_a_claim_of_uptime_does_not() {
        NodeId relay = add(0);
        pool.succeeded(relay, HOP_NANOS, 0);
        pool.succeeded(relay, HOP_NANOS, 29 * MINUTE);
        assertThat(pool.find(relay).orElseThrow().isProven()).isFalse();
        pool.succeeded(relay, HOP_NANOS, 30 * MINUTE);
        assertThat(pool.find(relay).orElseThrow().isProven()).isTrue();
        pool.failed(relay, 31 * MINUTE);
        pool.succeeded(relay, HOP_NANOS, 50 * MINUTE);
        assertThat(pool.find(relay).orElseThrow().isProven()).isFalse();
    }

    @Test
    void a_relay_below_a_megabit_is_not_proven() {
        NodeId relay = add(0);
        prove(relay);
        pool.probed(List.of(relay), 900, now);
        assertThat(pool.find(relay).orElseThrow().isProven()).isFalse();
        for (int i = 0; i < 10; i++) {
            pool.probed(List.of(relay), 5_000, now);
        }
        assertThat(pool.find(relay).orElseThrow().isProven()).isTrue();
    }

    @Test
    void who_refuses_is_asked_again_soon_and_weighs_the_same() {
        addAll(4);
        NodeId refusing = relays.getFirst();
        for (int i = 0; i < 50; i++) {
            pool.refused(refusing, now);
            now += MINUTE;
            assertThat(pool.find(refusing).orElseThrow().rests(now)).isFalse();
        }
        assertThat(draws(4_000).get(refusing)).isBetween(850, 1_150);
    }

    @Test
    void who_drops_more_than_it_refuses_and_works_is_retired() {
        addAll(6);
        NodeId dropping = relays.get(5);
        for (int i = 0; i < 12; i++) {
            pool.succeeded(dropping, HOP_NANOS, now);
            pool.suspected(List.of(relays.get(0), relays.get(i % 4 + 1), dropping), now);
            now += MINUTE;
        }
        assertThat(pool.find(dropping).orElseThrow().rests(now + 30 * MINUTE)).isTrue();
        assertThat(pool.find(relays.get(1)).orElseThrow().rests(now)).isFalse();
    }

    @Test
    void a_first_hop_that_lets_only_its_friends_be_reached_is_retired() {
        addAll(6);
        NodeId capturing = relays.getFirst();
        for (int i = 0; i < 12; i++) {
            pool.succeeded(capturing, HOP_NANOS, now);
            pool.reported(capturing, now);
            now += MINUTE;
        }
        assertThat(pool.find(capturing).orElseThrow().rests(now + 30 * MINUTE)).isTrue();
    }

    @Test
    void what_was_long_ago_is_forgotten_by_halves() {
        addAll(2);
        NodeId relay = relays.getFirst();
        for (int i = 0; i < 8; i++) {
            pool.failed(relay, now);
            now += TimeUnit.HOURS.toNanos(2);
        }
        int bad = pool.find(relay).orElseThrow().weight();
        now += TimeUnit.DAYS.toNanos(8);
        pool.succeeded(relay, HOP_NANOS, now);
        assertThat(bad).isLessThan(Measure.WEIGHT_UNKNOWN / 20);
        assertThat(pool.find(relay).orElseThrow().weight()).isGreaterThan(Measure.WEIGHT_UNKNOWN * 3 / 4);
    }

    @Test
    void measurements_outlive_the_descriptor_and_a_restart() {
        addAll(3);
        NodeId relay = relays.getFirst();
        for (int i = 0; i < 5; i++) {
            pool.failed(relay, now);
            now += TimeUnit.HOURS.toNanos(1);
        }
        prove(relays.get(1));
        int weight = pool.find(relay).orElseThrow().weight();
        KeptRelay kept = pool.kept(pool.find(relay).orElseThrow());
        KeptRelay good = pool.kept(pool.find(relays.get(1)).orElseThrow());
        pool.lost(relay);
        pool.learned(kept.descriptor(), now);
        assertThat(pool.find(relay).orElseThrow().weight()).isEqualTo(weight);

        RelayPool later = new RelayPool(8, 0);
        later.restore(kept, 0);
        later.restore(good, 0);
        assertThat(later.find(relay).orElseThrow().weight()).isEqualTo(weight);
        assertThat(later.find(relays.get(1)).orElseThrow().isProven()).isTrue();
    }

    /// A tenth of the relays kill every circuit that they are in: by chance that would be 27 % of all, or 54 of 200.
    @Seeded(10)
    void relays_that_kill_circuits_are_soon_avoided(long seed) {
        addAll(50);
        List<NodeId> bad = relays.subList(0, 5);
        var self = NodeIdentity.generate(SUITE, KEYS, 0).contact(Endpoint.parse("90.0.0.1:1"), 0);
        var selector = new PathSelector(
                pool,
                GuardSettings.defaults(),
                false,
                self,
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        int late = 0;
        for (int i = 0; i < 800; i++) {
            now += MINUTE;
            List<NodeId> path = selector.select(PathWish.of(3), now, EPOCH).orElseThrow().stream()
                    .map(PathHop::id)
                    .toList();
            path.forEach(hop -> pool.succeeded(hop, HOP_NANOS, now));
            boolean dies = path.stream().anyMatch(bad::contains);
            if (dies) {
                pool.suspected(path, now);
            }
            late += dies && i >= 600 ? 1 : 0;
        }
        assertThat(late).isLessThan(20);
    }
}
