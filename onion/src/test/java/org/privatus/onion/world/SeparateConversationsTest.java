package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.onion.circuit.CircuitPurpose;
import org.privatus.onion.circuit.CircuitView;
import org.privatus.testing.Seeded;

/// What one circuit carries is one thing: an own circuit never serves two conversations, nor first one and then another,
/// so that neither a gateway nor a receiver can tell that they are of one person.
class SeparateConversationsTest {
    private final OnionWorld world = OnionWorld.of(3, 14);
    private final WorldPerson alice = world.addPerson();
    private final WorldPerson bob = world.addPerson();
    private final WorldPerson carol = world.addPerson();

    @BeforeEach
    void two_people_can_be_reached() {
        bob.serve();
        carol.serve();
        world.runUntil(
                20,
                "leases",
                () -> bob.published().size() == 2 && carol.published().size() == 2);
    }

    private static List<CircuitView> circuits(WorldPerson person, CircuitPurpose purpose) {
        return person.view().circuits().stream()
                .filter(circuit -> circuit.purpose() == purpose)
                .toList();
    }

    private long open(WorldPerson to) {
        int before = to.incoming().size();
        long splice = alice.openSplice(to);
        world.runUntil(
                20, "a splice", () -> alice.isOpen(splice) && to.incoming().size() > before);
        return splice;
    }

    @Test
    void each_splice_has_a_circuit_of_its_own_even_to_one_person() {
        open(bob);
        open(carol);
        open(bob);
        assertThat(circuits(alice, CircuitPurpose.SPLICE))
                .hasSize(3)
                .extracting(CircuitView::channel)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_circuit_that_carried_a_splice_is_gone_with_it() {
        long splice = open(bob);
        long channel = circuits(alice, CircuitPurpose.SPLICE).getFirst().channel();
        alice.closeSplice(splice);
        world.run(10);
        assertThat(alice.view().circuits()).extracting(CircuitView::channel).doesNotContain(channel);
        open(carol);
        assertThat(circuits(alice, CircuitPurpose.SPLICE).getFirst().channel()).isNotEqualTo(channel);
    }

    @Test
    void bytes_of_splices_that_share_the_way_of_a_receiver_do_not_mix_and_end_each_by_itself() {
        WorldPerson dave = world.addPerson();
        long ofAlice = open(bob);
        int known = bob.incoming().size();
        long ofDave = dave.openSplice(bob);
        world.runUntil(
                20, "a splice", () -> dave.isOpen(ofDave) && bob.incoming().size() > known);
        byte[] fromAlice = bytes(1, 60_000);
        byte[] fromDave = bytes(2, 60_000);
        alice.send(ofAlice, fromAlice);
        dave.send(ofDave, fromDave);
        long answerToAlice = bob.incoming().get(0);
        long answerToDave = bob.incoming().get(1);
        world.runUntil(
                30,
                "all bytes",
                () -> bob.received(answerToAlice).length == fromAlice.length
                        && bob.received(answerToDave).length == fromDave.length);
        assertThat(bob.received(answerToAlice)).isEqualTo(fromAlice);
        assertThat(bob.received(answerToDave)).isEqualTo(fromDave);
        alice.closeSplice(ofAlice);
        world.run(5);
        assertThat(bob.closed()).containsOnlyKeys(answerToAlice);
        assertThat(dave.closed()).isEmpty();
    }

    @Test
    void people_of_one_node_are_reached_through_circuits_of_their_own() {
        bob.serveAlso(carol);
        world.run(20);
        List<CircuitView> inbound = circuits(bob, CircuitPurpose.INBOUND);
        assertThat(inbound).hasSize(4);
        assertThat(inbound).extracting(CircuitView::channel).doesNotHaveDuplicates();
    }

    @Seeded(5)
    void a_circuit_that_has_served_one_purpose_serves_no_other(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Long, CircuitPurpose> served = new TreeMap<>();
        List<Long> splices = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            world.run(random.nextDouble(0.0, 0.06));
            if (random.nextInt(60) == 0 && splices.size() < 3) {
                splices.add(alice.openSplice(random.nextBoolean() ? bob : carol));
            }
            if (random.nextInt(120) == 0 && !splices.isEmpty()) {
                alice.closeSplice(splices.remove(random.nextInt(splices.size())));
            }
            splices.removeIf(alice.closed()::containsKey);
            note(served);
        }
        assertThat(new TreeSet<>(served.values())).contains(CircuitPurpose.SPLICE);
    }

    /// What each circuit serves once it is ready; while it is built it can still be left to others.
    private void note(Map<Long, CircuitPurpose> served) {
        for (CircuitView circuit : alice.view().circuits()) {
            boolean inUse = !circuit.state().equals("BUILDING") && circuit.purpose() != CircuitPurpose.SPARE;
            if (inUse) {
                CircuitPurpose before = served.putIfAbsent(circuit.channel(), circuit.purpose());
                assertThat(before).isIn(null, circuit.purpose());
            } else if (!circuit.state().equals("BUILDING")) {
                assertThat(served).doesNotContainKey(circuit.channel());
            }
        }
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
