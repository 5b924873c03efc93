package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.testing.Seeded;

class FailuresInWorldTest {
    private final OnionWorld world = OnionWorld.of(7, 12);
    private final WorldPerson alice = world.addPerson();
    private final WorldPerson bob = world.addPerson();
    private long splice;
    private long answer;

    @BeforeEach
    void alice_reaches_bob() {
        bob.serve();
        world.runUntil(20, "leases", () -> bob.published().size() == 2);
        splice = alice.openSplice(bob);
        world.runUntil(
                10, "a splice", () -> alice.isOpen(splice) && bob.incoming().size() == 1);
        answer = bob.incoming().getFirst();
    }

    private List<NodeId> wholePath() {
        List<NodeId> path = new ArrayList<>(alice.path(splice).shown());
        path.addAll(bob.path(answer).ownHops());
        return path;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void a_relay_that_dies_in_the_middle_of_a_transfer_ends_the_splice_and_the_next_one_works(int position) {
        byte[] bytes = bytes(200_000);
        alice.send(splice, bytes);
        world.runUntil(20, "some bytes", () -> bob.received(answer).length > 20_000);
        long seq = bob.published().getLast().seq();
        List<NodeId> before = bob.view().served().getFirst().gateways();
        world.node(wholePath().get(position)).kill();

        world.runUntil(
                5,
                "both hear of it",
                () -> alice.closed().containsKey(splice) && bob.closed().containsKey(answer));
        assertThat(alice.closed().get(splice)).isEqualTo(SpliceEnd.CIRCUIT_DIED);
        assertThat(bob.closed().get(answer)).isEqualTo(SpliceEnd.CIRCUIT_DIED);
        byte[] received = bob.received(answer);
        assertThat(received).isEqualTo(Arrays.copyOf(bytes, received.length));

        if (position >= 3) {
            world.runUntil(30, "a new lease", () -> bob.published().getLast().seq() > seq);
            world.runUntil(
                    30,
                    "two gateways",
                    () -> bob.view().served().getFirst().gateways().size() == 2);
            assertThat(bob.view().served().getFirst().gateways()).isNotEqualTo(before);
        }
        long second = alice.openSplice(bob);
        world.runUntil(
                30,
                "another splice",
                () -> alice.isOpen(second) && bob.incoming().size() == 2);
        alice.send(second, bytes);
        long secondAnswer = bob.incoming().getLast();
        world.runUntil(60, "all bytes", () -> bob.received(secondAnswer).length == bytes.length);
        assertThat(bob.received(secondAnswer)).isEqualTo(bytes);
    }

    @Test
    void a_dead_gateway_costs_no_lookup() {
        NodeId gateway = alice.path(splice).gateway();
        world.node(gateway).kill();
        world.runUntil(5, "an end", () -> alice.closed().containsKey(splice));
        long second = alice.openSplice(bob);
        world.runUntil(30, "another splice", () -> alice.isOpen(second));
        List<AttemptStep> steps = alice.steps().stream()
                .filter(step -> step.splice() == second)
                .map(WorldPerson.Step::step)
                .toList();
        assertThat(steps.getFirst()).isEqualTo(new AttemptStep.LeaseRemembered());
        assertThat(alice.path(second).gateway()).isNotEqualTo(gateway);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void a_flipped_bit_kills_the_circuit_and_shows_nowhere(int position) {
        byte[] bytes = bytes(100_000);
        WorldNode relay = world.node(wholePath().get(position));
        alice.send(splice, bytes);
        world.runUntil(20, "some bytes", () -> bob.received(answer).length > 10_000);
        boolean[] flipped = new boolean[1];
        relay.tamperWith(cell -> {
            if (!flipped[0] && cell[0] == ChannelCell.RELAY) {
                flipped[0] = true;
                cell[300] ^= 1;
            }
            return cell;
        });
        world.runUntil(
                10,
                "both ends",
                () -> alice.closed().containsKey(splice) && bob.closed().containsKey(answer));
        byte[] received = bob.received(answer);
        assertThat(received).isEqualTo(Arrays.copyOf(bytes, received.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void a_repeated_cell_kills_the_circuit_and_acts_once(int position) {
        byte[] bytes = bytes(100_000);
        alice.send(splice, bytes);
        world.runUntil(20, "some bytes", () -> bob.received(answer).length > 10_000);
        world.node(wholePath().get(position)).repeatNextCell();
        world.runUntil(
                10,
                "both ends",
                () -> alice.closed().containsKey(splice) && bob.closed().containsKey(answer));
        byte[] received = bob.received(answer);
        assertThat(received).isEqualTo(Arrays.copyOf(bytes, received.length));
    }

    @Seeded(10)
    void noise_on_the_wire_breaks_circuits_and_nothing_else(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        world.nodes()
                .forEach(node -> node.tamperWith(cell -> {
                    if (random.nextInt(200) == 0) {
                        int from = random.nextInt(cell.length);
                        for (int i = from; i < Math.min(cell.length, from + 20); i++) {
                            cell[i] = (byte) random.nextInt();
                        }
                    }
                    return cell;
                }));
        byte[] bytes = bytes(100_000);
        for (int i = 0; i < 10; i++) {
            long next = alice.openSplice(bob);
            world.run(5);
            if (alice.isOpen(next)) {
                alice.send(next, bytes);
            }
        }
        world.run(30);
        for (long each : bob.incoming()) {
            byte[] received = bob.received(each);
            assertThat(received).isEqualTo(Arrays.copyOf(bytes, received.length));
        }
        world.nodes().forEach(node -> node.tamperWith(cell -> cell));
        world.run(60);
        long last = alice.openSplice(bob);
        world.runUntil(60, "a splice", () -> alice.isOpen(last));
    }

    @Test
    void a_gateway_that_falls_silent_is_found_out_by_its_missing_echo() {
        NodeId gateway = bob.path(answer).gateway();
        long seq = bob.published().getLast().seq();
        world.node(gateway).fallSilent();
        world.runUntil(
                40,
                "both hear of it",
                () -> alice.closed().containsKey(splice) && bob.closed().containsKey(answer));
        world.runUntil(60, "a new lease", () -> bob.published().getLast().seq() > seq);
    }

    @Test
    void circuits_are_replaced_when_their_time_is_over_and_never_too_many() {
        long seq = bob.published().getLast().seq();
        long[] most = new long[1];
        for (int i = 0; i < 400; i++) {
            world.run(10);
            most[0] = Math.max(most[0], bob.view().circuits().size());
            assertThat(bob.view().served().getFirst().gateways()).isNotEmpty();
        }
        assertThat(most[0]).isLessThanOrEqualTo(10);
        assertThat(bob.published().getLast().seq()).isGreaterThan(seq);
        assertThat(bob.view().circuits())
                .allSatisfy(circuit -> assertThat(circuit.ageNanos()).isLessThan(3_750_000_000_000L));
        long again = alice.openSplice(bob);
        world.runUntil(30, "a splice", () -> alice.isOpen(again));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
