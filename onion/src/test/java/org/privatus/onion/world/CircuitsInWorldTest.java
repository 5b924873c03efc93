package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.OnionSettings;
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
