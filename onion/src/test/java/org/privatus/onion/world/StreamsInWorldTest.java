package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.onion.MeasuringSettings;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.path.PathHop;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamRequest;
import org.privatus.onion.stream.StreamRequest.Kind;

class StreamsInWorldTest {
    private static final int AMOUNT = 300_000;

    private final OnionWorld world = new OnionWorld(5);
    private WorldPerson alice;
    private long circuit;

    @BeforeEach
    void a_circuit_of_three_hops() {
        RelaySettings generous = RelaySettings.defaults().withMeasuring(new MeasuringSettings(1 << 20, 4, 8, 1 << 20));
        for (int i = 0; i < 8; i++) {
            world.add(generous);
        }
        alice = world.addPerson();
        circuit = alice.openCircuit(CircuitRequest.of(3));
        world.runUntil(10, "a circuit", () -> alice.circuitsOpened().contains(circuit));
    }

    private int queued() {
        return world.nodes().stream()
                .mapToInt(node -> node.relay().view().queuedCells())
                .sum();
    }

    @Test
    void a_sink_takes_all_and_says_so() {
        long stream = alice.openStream(circuit, new StreamRequest(Kind.SINK, AMOUNT));
        alice.write(stream, bytes(AMOUNT));
        world.runUntil(30, "the end", () -> alice.streamsClosed().containsKey(stream));
        assertThat(alice.isConnected(stream)).isTrue();
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.DONE);
        assertThat(queued()).isZero();
    }

    @Test
    void a_source_sends_what_was_asked_for_and_ends() {
        long stream = alice.openStream(circuit, new StreamRequest(Kind.SOURCE, AMOUNT));
        world.runUntil(30, "the end", () -> alice.streamsClosed().containsKey(stream));
        assertThat(alice.streamed(stream)).hasSize(AMOUNT);
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.DONE);
    }

    @Test
    void an_echo_returns_everything_after_the_writing_side_was_closed() {
        byte[] bytes = bytes(AMOUNT);
        long stream = alice.openStream(circuit, new StreamRequest(Kind.ECHO, AMOUNT));
        alice.write(stream, bytes);
        world.runUntil(30, "the end", () -> alice.streamsClosed().containsKey(stream));
        assertThat(alice.streamed(stream)).isEqualTo(bytes);
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.DONE);
    }

    @Test
    void four_streams_share_a_circuit() {
        List<Long> streams = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            streams.add(alice.openStream(circuit, new StreamRequest(Kind.ECHO, AMOUNT)));
        }
        byte[] bytes = bytes(100_000);
        streams.forEach(stream -> alice.write(stream, bytes));
        world.runUntil(60, "all ends", () -> alice.streamsClosed().keySet().containsAll(streams));
        streams.forEach(stream -> assertThat(alice.streamed(stream)).isEqualTo(bytes));
    }

    @Test
    void whoever_does_not_read_gets_a_buffer_and_a_window_and_no_more() {
        alice.stopReading();
        long stream = alice.openStream(circuit, new StreamRequest(Kind.SOURCE, 1 << 20));
        world.run(60);
        int held = alice.streamed(stream).length;
        assertThat(held)
                .isBetween(OnionSettings.defaults().spliceBufferBytes(), 1 << 20)
                .isLessThan(1 << 20);
        alice.read(stream, held);
        world.runUntil(60, "more", () -> alice.streamed(stream).length > held + 1_000);
    }

    @Test
    void whoever_does_not_go_on_reading_loses_the_stream_and_others_have_its_place() {
        alice.stopReading();
        long stream = alice.openStream(circuit, new StreamRequest(Kind.SOURCE, 1 << 20));
        world.runUntil(180, "its end", () -> alice.streamsClosed().containsKey(stream));
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.LIMIT);
        assertThat(alice.circuitsGone()).isEmpty();
    }

    @Test
    void a_stream_is_closed_at_once_and_its_circuit_stays() {
        long stream = alice.openStream(circuit, new StreamRequest(Kind.ECHO, AMOUNT));
        alice.write(stream, bytes(AMOUNT));
        world.run(0.1);
        alice.closeStream(stream);
        world.run(5);
        assertThat(alice.streamsClosed()).doesNotContainKey(stream);
        assertThat(queued()).isZero();
        long next = alice.openStream(circuit, new StreamRequest(Kind.SOURCE, 1_000));
        world.runUntil(10, "another stream", () -> alice.streamsClosed().containsKey(next));
        assertThat(alice.streamed(next)).hasSize(1_000);
    }

    @Test
    void more_than_was_announced_ends_the_stream_alone() {
        long stream = alice.openStream(circuit, new StreamRequest(Kind.SINK, 1_000));
        alice.write(stream, bytes(2_000));
        world.runUntil(10, "the end", () -> alice.streamsClosed().containsKey(stream));
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.OVERFLOW);
        assertThat(alice.circuitsGone()).isEmpty();
    }

    @Test
    void more_than_the_relay_allows_is_refused() {
        long large = alice.openStream(circuit, new StreamRequest(Kind.SINK, (1 << 20) + 1));
        world.runUntil(10, "a refusal", () -> alice.streamsClosed().containsKey(large));
        assertThat(alice.streamsClosed().get(large)).isEqualTo(StreamEnd.LIMIT);
        assertThat(alice.isConnected(large)).isFalse();
        for (int i = 0; i < 5; i++) {
            alice.openStream(circuit, new StreamRequest(Kind.ECHO, 1));
        }
        world.runUntil(10, "the refusal of a fifth", () -> alice.streamsClosed().size() == 2);
        assertThat(alice.streamsClosed().values()).containsOnly(StreamEnd.LIMIT);
    }

    @Test
    void a_path_that_was_given_is_taken_as_it_is() {
        List<PathHop> path = world.nodes().stream()
                .filter(node -> node.person().isEmpty())
                .limit(2)
                .map(node ->
                        new PathHop(node.contact(), node.descriptor().content().onionKey()))
                .toList();
        long given = alice.openCircuit(CircuitRequest.along(path));
        world.runUntil(10, "a circuit", () -> alice.circuitsOpened().contains(given));
        assertThat(alice.view().circuits())
                .anySatisfy(each -> assertThat(each.hops())
                        .containsExactly(path.get(0).id(), path.get(1).id()));
        world.node(path.get(1).id()).kill();
        world.runUntil(5, "its end", () -> alice.circuitsGone().contains(given));
        long again = alice.openCircuit(CircuitRequest.along(path));
        world.runUntil(30, "one attempt", () -> alice.circuitsGone().contains(again));
    }

    @Test
    void a_relay_that_refuses_has_not_failed() {
        WorldNode busy = world.add(RelaySettings.defaults().withBuilds(8, Duration.ofMinutes(1)));
        PathHop busyHop = hop(busy);
        PathHop first = hop(world.nodes().getFirst());
        for (List<PathHop> path : List.of(List.of(first, busyHop), List.of(busyHop, first))) {
            for (int i = 0; i < 9; i++) {
                alice.closeCircuit(alice.openCircuit(CircuitRequest.along(path)));
                long wanted = alice.openCircuit(CircuitRequest.along(path));
                world.runUntil(
                        5,
                        "an answer",
                        () -> alice.circuitsOpened().contains(wanted)
                                || alice.circuitsGone().contains(wanted));
                alice.closeCircuit(wanted);
            }
        }
        assertThat(alice.circuitsGone()).isNotEmpty();
        assertThat(alice.failedRelays()).isEmpty();
    }

    private static PathHop hop(WorldNode node) {
        return new PathHop(node.contact(), node.descriptor().content().onionKey());
    }

    @Test
    void a_circuit_that_dies_closes_its_streams() {
        long stream = alice.openStream(circuit, new StreamRequest(Kind.ECHO, AMOUNT));
        alice.write(stream, bytes(AMOUNT));
        world.run(0.1);
        world.node(alice.view().circuits().getFirst().hops().get(1)).kill();
        world.runUntil(5, "the end", () -> alice.circuitsGone().contains(circuit));
        assertThat(alice.streamsClosed().get(stream)).isEqualTo(StreamEnd.CIRCUIT_GONE);
        byte[] came = alice.streamed(stream);
        assertThat(came).isEqualTo(Arrays.copyOf(bytes(AMOUNT), came.length));
    }

    @Test
    void a_closed_circuit_leaves_nothing_behind() {
        long stream = alice.openStream(circuit, new StreamRequest(Kind.ECHO, AMOUNT));
        alice.write(stream, bytes(AMOUNT));
        world.run(0.1);
        alice.closeCircuit(circuit);
        world.run(5);
        assertThat(alice.circuitsGone()).isEmpty();
        assertThat(alice.streamsClosed()).isEmpty();
        assertThat(world.nodes())
                .allSatisfy(node -> assertThat(node.relay().view().circuits()).isZero());
        assertThat(queued()).isZero();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
