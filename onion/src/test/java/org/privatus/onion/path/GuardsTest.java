package org.privatus.onion.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.GuardSettings;
import org.privatus.testing.Seeded;

/// Guards over virtual months: an hour is a step, and descriptors are renewed each day.
class GuardsTest {
    private static final long BEGIN = 1_760_000_000_000L;
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final int RELAYS = 40;
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final List<NodeIdentity> IDENTITIES = identities();
    private static final OnionKeyPair ONION_KEY = OnionKeyPair.generate(SUITE, KEYS);

    private RelayPool pool = new RelayPool(8, 0);
    private PathSelector selector = selector(1);
    private long epoch = BEGIN;

    private static List<NodeIdentity> identities() {
        List<NodeIdentity> identities = new ArrayList<>();
        for (int i = 0; i < RELAYS; i++) {
            identities.add(NodeIdentity.generate(SUITE, KEYS, 0));
        }
        return identities;
    }

    private static NodeDescriptor descriptor(int relay, long from) {
        return NodeDescriptor.create(
                SUITE,
                IDENTITIES.get(relay),
                NetworkId.DEV,
                new NodeDescriptor.Content(
                        List.of(Endpoint.parse("80." + relay + ".0.1:1")),
                        ONION_KEY.key(),
                        from,
                        from + TimeUnit.HOURS.toMillis(30),
                        0,
                        0,
                        0,
                        NodeDescriptor.RELAYS));
    }

    private PathSelector selector(long seed) {
        RandomGenerator behaviour =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var self = NodeIdentity.generate(SUITE, KEYS, 0).contact(Endpoint.parse("90.0.0.1:1"), 0);
        return new PathSelector(pool, GuardSettings.defaults(), false, self, behaviour);
    }

    @BeforeEach
    void all_relays_are_known() {
        renew(relay -> true);
    }

    private void renew(IntPredicate lives) {
        for (int i = 0; i < RELAYS; i++) {
            if (lives.test(i)) {
                pool.learned(descriptor(i, epoch), nanos());
            }
        }
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(epoch - BEGIN);
    }

    private List<NodeId> path(PathWish wish) {
        return selector.select(wish, nanos(), epoch).orElseThrow().stream()
                .map(PathHop::id)
                .toList();
    }

    /// A circuit whose hops all work.
    private List<NodeId> use(PathWish wish) {
        List<NodeId> path = path(wish);
        for (int i = 0; i < path.size(); i++) {
            pool.succeeded(path.get(i), 50_000_000, nanos());
            selector.worked(path.get(i), i, epoch);
        }
        return path;
    }

    private void hours(int hours) {
        for (int i = 0; i < hours; i++) {
            epoch += HOUR_MILLIS;
            if ((epoch - BEGIN) / HOUR_MILLIS % 24 == 0) {
                renew(relay -> true);
            }
        }
    }

    @Test
    void first_hops_stay_for_weeks_and_second_hops_for_days() {
        TreeMap<NodeId, Integer> firstDays = new TreeMap<>();
        TreeMap<NodeId, Integer> secondDays = new TreeMap<>();
        for (int day = 0; day < 240; day++) {
            TreeSet<NodeId> first = new TreeSet<>();
            TreeSet<NodeId> second = new TreeSet<>();
            for (int i = 0; i < 12; i++) {
                List<NodeId> path = use(PathWish.of(3).forInbound());
                first.add(path.get(0));
                second.add(path.get(1));
                hours(2);
            }
            assertThat(first).hasSizeLessThanOrEqualTo(4);
            assertThat(second).hasSizeLessThanOrEqualTo(8);
            first.forEach(id -> firstDays.merge(id, 1, Integer::sum));
            second.forEach(id -> secondDays.merge(id, 1, Integer::sum));
        }
        // Three at a time, each for 30 to 60 days.
        assertThat(firstDays.size()).isBetween(3 * 240 / 60, 3 * 240 / 30 + 3);
        // Four at a time, each for 1 to 6 days: nearly every relay has been one.
        assertThat(secondDays.size()).isGreaterThan(30);
    }

    @Test
    void a_guard_that_fails_is_passed_over_and_comes_back() {
        use(PathWish.of(3));
        List<NodeId> guards = selector.guards(epoch);
        assertThat(guards).hasSize(3);
        NodeId failing = guards.getFirst();
        pool.failed(failing, nanos());
        for (int i = 0; i < 50; i++) {
            assertThat(guards.subList(1, 3)).contains(path(PathWish.of(3)).getFirst());
        }
        assertThat(selector.guards(epoch)).isEqualTo(guards);
        hours(1);
        TreeSet<NodeId> used = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            used.add(use(PathWish.of(3)).getFirst());
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(guards);
    }

    /// Whoever makes guards fail for a month gets this node to twelve relays, and not to one of the others.
    @Seeded(20)
    void no_more_than_the_bound_are_tried_however_many_fail(long seed) {
        selector = selector(seed);
        TreeSet<NodeId> tried = new TreeSet<>();
        for (int hour = 0; hour < 24 * 20; hour++) {
            for (int i = 0; i < 20; i++) {
                NodeId first = path(PathWish.of(3)).getFirst();
                tried.add(first);
                pool.failed(first, nanos());
            }
            hours(1);
        }
        assertThat(tried).hasSizeLessThanOrEqualTo(12);
        assertThat(selector.guards(epoch)).hasSize(3);
    }

    @Test
    void those_that_worked_come_before_those_that_were_only_drawn() {
        List<NodeId> drawn = new ArrayList<>();
        path(PathWish.of(3));
        drawn.addAll(selector.guards(epoch));
        selector.worked(drawn.get(2), 0, epoch);
        assertThat(selector.guards(epoch)).containsExactly(drawn.get(2), drawn.get(0), drawn.get(1));
        selector.worked(drawn.get(1), 0, epoch + 1);
        assertThat(selector.guards(epoch)).containsExactly(drawn.get(2), drawn.get(1), drawn.get(0));
    }

    @Test
    void a_guard_that_nobody_describes_is_passed_over_and_after_weeks_forgotten() {
        use(PathWish.of(3));
        NodeId gone = selector.guards(epoch).getFirst();
        int number = number(gone);
        for (int day = 0; day < 10; day++) {
            epoch += 24 * HOUR_MILLIS;
            renew(relay -> relay != number);
            use(PathWish.of(3));
        }
        assertThat(selector.guards(epoch)).hasSize(3).doesNotContain(gone);
        assertThat(selector.isGuard(gone)).isTrue();
        renew(relay -> true);
        assertThat(selector.guards(epoch)).contains(gone);
        for (int day = 0; day < 28; day++) {
            epoch += 24 * HOUR_MILLIS;
            renew(relay -> relay != number);
            use(PathWish.of(3));
        }
        assertThat(selector.isGuard(gone)).isFalse();
    }

    private static int number(NodeId id) {
        for (int i = 0; i < RELAYS; i++) {
            if (IDENTITIES.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new AssertionError("no relay");
    }

    @Seeded(20)
    void what_is_kept_leads_to_the_same_guards_though_nothing_else_is_known(long seed) throws MalformedPacketException {
        selector = selector(seed);
        for (int i = 0; i < 20; i++) {
            use(PathWish.of(3).forInbound());
        }
        PathMemory memory = selector.takeMemory(epoch).orElseThrow();
        assertThat(selector.takeMemory(epoch)).isEmpty();
        List<NodeId> first = selector.guards(epoch);
        List<NodeId> second = selector.secondGuards(epoch);

        pool = new RelayPool(8, 0);
        selector = selector(seed + 1);
        selector.restore(PathMemory.read(memory.toBytes()), nanos(), epoch);
        epoch += 3 * HOUR_MILLIS;
        assertThat(selector.guards(epoch)).isEqualTo(first);
        assertThat(selector.secondGuards(epoch)).isEqualTo(second);
        for (int i = 0; i < 20; i++) {
            List<NodeId> path = use(PathWish.of(3).forInbound());
            assertThat(first).contains(path.get(0));
            assertThat(second).contains(path.get(1));
        }
    }

    @Test
    void what_is_kept_says_not_exactly_when_and_a_clock_that_was_ahead_makes_no_guard_eternal() {
        use(PathWish.of(3));
        PathMemory memory = selector.takeMemory(epoch).orElseThrow();
        assertThat(memory.first()).allSatisfy(guard -> {
            assertThat(guard.since()).isBetween(epoch - TimeUnit.DAYS.toMillis(3), epoch);
            assertThat(guard.until() - guard.since()).isBetween(TimeUnit.DAYS.toMillis(30), TimeUnit.DAYS.toMillis(60));
        });
        pool = new RelayPool(8, 0);
        selector = selector(2);
        long back = epoch - TimeUnit.DAYS.toMillis(365);
        selector.restore(memory, nanos(), back);
        epoch = back + TimeUnit.DAYS.toMillis(61);
        IDENTITIES.forEach(relay -> pool.lost(relay.id()));
        renew(relay -> true);
        use(PathWish.of(3));
        assertThat(memory.first()).noneMatch(guard -> selector.isGuard(guard.relay()));
    }

    @Test
    void damaged_bytes_are_refused() {
        use(PathWish.of(3).forInbound());
        byte[] bytes = selector.takeMemory(epoch).orElseThrow().toBytes();
        SplittableRandom random = new SplittableRandom(1);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PathMemory.read(cut)).isInstanceOf(MalformedPacketException.class);
        }
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = bytes.clone();
            noise[random.nextInt(noise.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(PathMemory.read(noise).relays()).hasSizeLessThanOrEqualTo(PathMemory.MAX_RELAYS);
            } catch (MalformedPacketException e) {
                assertThat(e.reason()).isNotNull();
            }
        }
    }
}
