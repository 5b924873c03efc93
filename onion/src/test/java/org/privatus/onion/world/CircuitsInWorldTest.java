package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.ProbeSettings;
import org.privatus.onion.ThreatLevel;
import org.privatus.onion.circuit.CircuitPurpose;
import org.privatus.onion.circuit.CircuitView;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.StepOutcome;

class CircuitsInWorldTest {
    private final OnionWorld world = OnionWorld.of(1, 12);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void circuits_of_two_to_six_hops_are_built(int hops) {
        WorldPerson alice = world.addPerson(OnionSettings.defaults().withHops(hops));
        alice.serve();
        world.runUntil(
                20,
                "two gateways and three spares",
                () -> alice.view().spares() == 3
                        && alice.view().served().getFirst().gateways().size() == 2);
        assertThat(alice.view().circuits())
                .allSatisfy(circuit -> assertThat(circuit.hops()).hasSize(hops).doesNotHaveDuplicates());
        assertThat(alice.view().failed()).isZero();
    }

    @Test
    void as_many_circuits_are_kept_ready_as_were_asked_for_last() {
        WorldPerson alice = world.addPerson();
        alice.keepSpares(7);
        world.runUntil(20, "seven spares", () -> alice.view().spares() == 7);
        alice.keepSpares(2);
        assertThat(alice.view().spares()).isEqualTo(2);
        alice.keepSpares(50);
        world.runUntil(20, "as many as there may be", () -> alice.view().spares() == 10);
    }

    @ParameterizedTest
    @EnumSource(ThreatLevel.class)
    void at_each_threat_level_splices_have_its_hops_and_the_gateway(ThreatLevel level) {
        OnionSettings settings = OnionSettings.defaults().withHops(level.hops());
        OnionWorld wide = OnionWorld.of(3, 16);
        WorldPerson alice = wide.addPerson(settings);
        WorldPerson bob = wide.addPerson(settings);
        bob.serve();
        wide.runUntil(20, "leases", () -> bob.published().size() == 2);
        long splice = alice.openSplice(bob);
        wide.runUntil(
                20, "a splice", () -> alice.isOpen(splice) && bob.incoming().size() == 1);
        assertThat(alice.path(splice).shown()).hasSize(level.hops() + 1).doesNotHaveDuplicates();
        assertThat(bob.path(bob.incoming().getFirst()).shown()).hasSize(level.hops());
    }

    @Test
    void a_circuit_that_is_late_gets_a_second_one_beside_it_and_serves_all_the_same() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        alice.keepSpares(0);
        for (int i = 0; i < 30; i++) {
            long each = alice.openSplice(bob);
            world.run(5);
            alice.closeSplice(each);
            world.run(1);
        }
        assertThat(alice.view().buildQuantileNanos()).isBetween(100_000_000L, 500_000_000L);
        assertThat(alice.view().lateNanos()).isEqualTo(500_000_000L);
        assertThat(alice.view().late()).isZero();

        List<NodeId> guards = alice.view().guards();
        world.nodes().stream()
                .filter(node -> !guards.contains(node.id())
                        && node.id().compareTo(alice.node().id()) < 0)
                .forEach(node -> node.slowDown(700_000_000L));
        int open = 0;
        for (int i = 0; i < 20; i++) {
            long each = alice.openSplice(bob);
            world.run(20);
            open += alice.isOpen(each) ? 1 : 0;
            alice.closeSplice(each);
            world.run(6);
            assertThat(alice.view().circuits()).hasSizeLessThanOrEqualTo(10);
        }
        assertThat(open).isGreaterThan(15);
        assertThat(alice.view().late()).isPositive();
    }

    @Test
    void spares_are_measured_within_the_budget_of_the_hour() {
        WorldPerson alice =
                world.addPerson(OnionSettings.defaults().withProbes(new ProbeSettings(128 << 10, 512 << 10)));
        alice.keepSpares(3);
        world.runUntil(30, "three spares", () -> alice.view().spares() == 3);
        assertThat(alice.view().circuits())
                .allSatisfy(circuit -> assertThat(circuit.cellsReceived()).isGreaterThan(268));
        for (int i = 0; i < 10; i++) {
            alice.keepSpares(0);
            alice.keepSpares(3);
            world.run(30);
        }
        // Three at once, and one each quarter of an hour.
        assertThat(alice.view().circuits())
                .hasSize(3)
                .allSatisfy(circuit -> assertThat(circuit.cellsReceived()).isLessThan(50));
        world.run(3_600);
        assertThat(alice.memory().relays())
                .filteredOn(relay -> relay.measure().kbits() > 0)
                .hasSizeGreaterThan(3)
                .allSatisfy(relay -> assertThat(relay.measure().kbits()).isBetween(1_000L, 1_000_000L));
    }

    @Test
    void the_two_gateways_of_a_person_never_share_a_guard_however_often_circuits_are_replaced() {
        WorldPerson bob = world.addPerson();
        bob.serve();
        TreeSet<NodeId> seconds = new TreeSet<>();
        for (int i = 0; i < 600; i++) {
            world.run(20);
            List<NodeId> gateways = bob.view().served().getFirst().gateways();
            List<CircuitView> inbound = bob.view().circuits().stream()
                    .filter(circuit -> circuit.purpose() == CircuitPurpose.INBOUND)
                    .toList();
            List<NodeId> guards = inbound.stream()
                    .filter(circuit -> gateways.contains(circuit.hops().getLast()) && circuit.ageNanos() < 2_700e9)
                    .map(circuit -> circuit.hops().getFirst())
                    .toList();
            assertThat(guards).doesNotHaveDuplicates();
            inbound.forEach(circuit -> seconds.add(circuit.hops().get(1)));
        }
        assertThat(seconds).hasSizeLessThanOrEqualTo(5);
        assertThat(bob.view().secondGuards()).hasSize(4);
    }

    @Test
    void a_person_who_starts_again_begins_circuits_with_the_same_relays() {
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "guards", () -> bob.memory().first().size() == 3);
        world.run(10);
        List<NodeId> guards = bob.view().guards();
        bob.startAgain();
        bob.serve();
        world.run(20);
        assertThat(bob.view().guards()).isEqualTo(guards);
        assertThat(bob.view().circuits())
                .isNotEmpty()
                .allSatisfy(
                        circuit -> assertThat(guards).contains(circuit.hops().getFirst()));
    }

    @Test
    void a_person_publishes_leases_of_two_periods_through_different_guards_and_gateways() {
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        assertThat(bob.published()).extracting(WorldPerson.Published::copies).containsOnly(2);
        assertThat(world.records()).hasSize(2);
        List<NodeId> gateways = bob.view().served().getFirst().gateways();
        assertThat(gateways).hasSize(2).doesNotHaveDuplicates();
        List<NodeId> guards = bob.view().circuits().stream()
                .filter(circuit -> gateways.contains(circuit.hops().getLast()))
                .map(circuit -> circuit.hops().getFirst())
                .toList();
        assertThat(guards).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void a_splice_carries_200_kB_each_way() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        long splice = alice.openSplice(bob);
        world.runUntil(
                10, "a splice", () -> alice.isOpen(splice) && bob.incoming().size() == 1);
        long answer = bob.incoming().getFirst();
        assertThat(alice.path(splice).gateway()).isEqualTo(bob.path(answer).gateway());
        assertThat(alice.path(splice).shown()).hasSize(4);
        assertThat(bob.path(answer).shown()).hasSize(3);
        assertThat(alice.path(splice).shown().getLast())
                .isEqualTo(bob.path(answer).shown().getFirst());

        byte[] there = bytes(1, 200_000);
        byte[] back = bytes(2, 200_000);
        alice.send(splice, there);
        bob.send(answer, back);
        world.runUntil(
                60,
                "all bytes",
                () -> bob.received(answer).length == there.length && alice.received(splice).length == back.length);
        assertThat(bob.received(answer)).isEqualTo(there);
        assertThat(alice.received(splice)).isEqualTo(back);

        alice.closeSplice(splice);
        world.runUntil(5, "the end", () -> !bob.closed().isEmpty());
        assertThat(bob.closed().get(answer)).isEqualTo(SpliceEnd.CLOSED_BY_PEER);
    }

    @Test
    void the_steps_of_an_attempt_are_told() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        long splice = alice.openSplice(bob);
        world.runUntil(10, "a splice", () -> alice.isOpen(splice));
        assertThat(alice.steps()).allSatisfy(step -> assertThat(step.outcome()).isEqualTo(StepOutcome.OK));
        assertThat(alice.steps().getFirst().step()).isEqualTo(new AttemptStep.LeaseLookup(false, 2));
        assertThat(alice.steps().getLast().step())
                .isEqualTo(new AttemptStep.Spliced(alice.path(splice).gateway()));
    }

    @Test
    void whoever_asks_nothing_has_no_timer() {
        WorldPerson alice = world.addPerson();
        assertThat(alice.view().relays()).isEqualTo(12);
        assertThat(alice.circuits().deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        world.run(3_600);
        assertThat(alice.view().built()).isZero();
    }

    @Test
    void lookups_and_stores_are_executed_by_others_and_by_two_different_relays_each() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        long splice = alice.openSplice(bob);
        world.runUntil(10, "a splice", () -> alice.isOpen(splice));
        List<NodeId> executors = world.executors();
        assertThat(executors)
                .hasSize(6)
                .doesNotContain(alice.node().id(), bob.node().id());
        for (int i = 0; i < executors.size(); i += 2) {
            assertThat(executors.get(i)).isNotEqualTo(executors.get(i + 1));
        }
    }

    @Test
    void stopping_to_serve_ends_everything() {
        WorldPerson bob = world.addPerson(OnionSettings.defaults());
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        bob.circuits().stopServing(bob.address().key(), world.nowNanos());
        world.run(1);
        assertThat(bob.view().served()).isEmpty();
        int registrations = world.nodes().stream()
                .mapToInt(node -> node.relay().view().registrations())
                .sum();
        assertThat(registrations).isZero();
    }

    @Test
    void splices_come_and_go_without_trace() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        for (int i = 0; i < 40; i++) {
            int incoming = i + 1;
            long splice = alice.openSplice(bob);
            world.runUntil(
                    20, "a splice", () -> alice.isOpen(splice) && bob.incoming().size() == incoming);
            if (i % 2 == 0) {
                alice.closeSplice(splice);
            } else {
                bob.closeSplice(bob.incoming().getLast());
                world.runUntil(5, "the end", () -> alice.closed().containsKey(splice));
            }
        }
        world.run(5);
        assertThat(alice.view().splices()).isZero();
        assertThat(bob.view().splices()).isZero();
        assertThat(bob.view().served().getFirst().splices()).isZero();
        assertThat(world.nodes().stream()
                        .mapToInt(node -> node.relay().view().splices())
                        .sum())
                .isZero();
    }

    @Test
    void more_splices_than_circuits_wait_and_never_break_the_bound() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        for (int i = 0; i < 15; i++) {
            alice.openSplice(bob);
            world.run(0.5);
            assertThat(alice.view().circuits()).hasSizeLessThanOrEqualTo(10);
        }
        world.run(60);
        assertThat(alice.view().circuits()).hasSizeLessThanOrEqualTo(10);
        assertThat(alice.closed().values()).isSubsetOf(SpliceEnd.TIMED_OUT, SpliceEnd.LIMIT);
    }

    @Test
    void nobody_home_means_no_lease() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        long splice = alice.openSplice(bob);
        world.runUntil(31, "an end", () -> alice.closed().containsKey(splice));
        assertThat(alice.closed().get(splice)).isEqualTo(SpliceEnd.LEASE_NOT_FOUND);
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
