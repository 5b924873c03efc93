package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.onion.MeasuringSettings;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.flow.WindowSettings;
import org.privatus.onion.path.PathHop;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamRequest;
import org.privatus.onion.stream.StreamRequest.Kind;

class CongestionInWorldTest {
    private static final int CELLS_PER_SECOND = 2_000;
    private static final int CELL_BYTES = 488;
    private static final long AMOUNT = 1L << 30;
    private static final int QUEUE = WindowSettings.defaults().queue();

    private final OnionWorld world = new OnionWorld(11);
    private final List<WorldNode> relays = new ArrayList<>();
    private WorldNode slow;

    @BeforeEach
    void the_second_of_three_relays_is_slow() {
        world.channelWindow(4_096);
        RelaySettings generous = RelaySettings.defaults().withMeasuring(new MeasuringSettings(AMOUNT, 4, 8, AMOUNT));
        for (int i = 0; i < 5; i++) {
            relays.add(world.add(generous));
        }
        slow = relays.get(1);
        slow.sendAtMost(CELLS_PER_SECOND);
    }

    private long circuit(WorldPerson person, int first, int last) {
        List<PathHop> path = List.of(relays.get(first), slow, relays.get(last)).stream()
                .map(node ->
                        new PathHop(node.contact(), node.descriptor().content().onionKey()))
                .toList();
        long circuit = person.openCircuit(CircuitRequest.along(path));
        world.runUntil(10, "a circuit", () -> person.circuitsOpened().contains(circuit));
        return circuit;
    }

    private long source(WorldPerson person, int first, int last) {
        return person.openStream(circuit(person, first, last), new StreamRequest(Kind.SOURCE, AMOUNT));
    }

    private int cells(WorldPerson person, long stream) {
        return person.streamed(stream).length / CELL_BYTES;
    }

    /// The longest queue at the slow relay in so many seconds.
    private int longestQueue(int seconds) {
        int longest = 0;
        for (int i = 0; i < seconds * 20; i++) {
            world.run(0.05);
            longest = Math.max(longest, slow.onTheWayOut());
        }
        return longest;
    }

    @Test
    void a_slow_relay_is_kept_busy_and_its_queue_short() {
        WorldPerson alice = world.addPerson();
        long stream = source(alice, 0, 2);
        world.run(3);
        int before = cells(alice, stream);
        int longest = longestQueue(5);
        assertThat(cells(alice, stream) - before).isGreaterThan(5 * CELLS_PER_SECOND * 9 / 10);
        assertThat(longest).isLessThan(3 * QUEUE);
    }

    @Test
    void a_fixed_window_would_fill_it() {
        WorldPerson alice = world.addPerson(OnionSettings.defaults().withWindow(WindowSettings.fixed(2_048)));
        long circuit = circuit(alice, 0, 2);
        long stream = alice.openStream(circuit, new StreamRequest(Kind.SINK, AMOUNT));
        alice.write(stream, new byte[4 << 20]);
        assertThat(longestQueue(2)).isGreaterThan(1_000);
    }

    @Test
    void what_we_send_ourselves_fills_no_queue_either() {
        WorldPerson alice = world.addPerson();
        long stream = alice.openStream(circuit(alice, 0, 2), new StreamRequest(Kind.SINK, AMOUNT));
        alice.write(stream, new byte[8 << 20]);
        world.run(2);
        assertThat(longestQueue(3)).isBetween(1, 3 * QUEUE);
    }

    @Test
    void two_circuits_share_a_slow_relay_fairly() {
        WorldPerson alice = world.addPerson();
        WorldPerson bob = world.addPerson();
        long first = source(alice, 0, 2);
        world.run(2);
        long second = source(bob, 3, 4);
        world.run(8);
        int ofAlice = cells(alice, first);
        int ofBob = cells(bob, second);
        world.run(10);
        ofAlice = cells(alice, first) - ofAlice;
        ofBob = cells(bob, second) - ofBob;
        assertThat(ofAlice + ofBob).isGreaterThan(10 * CELLS_PER_SECOND * 9 / 10);
        assertThat(Math.min(ofAlice, ofBob)).as("%d and %d", ofAlice, ofBob).isGreaterThan((ofAlice + ofBob) * 3 / 10);
    }

    @Test
    void a_circuit_that_stood_still_goes_on_as_before() {
        WorldPerson alice = world.addPerson();
        long stream = source(alice, 0, 2);
        world.run(3);
        slow.pause(2);
        world.run(1.5);
        int during = cells(alice, stream);
        world.run(1.5);
        assertThat(cells(alice, stream)).isGreaterThan(during);
        int before = cells(alice, stream);
        int longest = longestQueue(5);
        assertThat(cells(alice, stream) - before).isGreaterThan(5 * CELLS_PER_SECOND * 8 / 10);
        assertThat(longest).isLessThan(4 * QUEUE);
    }
}
