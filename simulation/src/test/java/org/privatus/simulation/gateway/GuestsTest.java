package org.privatus.simulation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.network.NatKind;
import org.privatus.simulation.network.NatMix;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.network.Uplink;

class GuestsTest {
    private static final int NODES = 3;
    private static final long DELAY = 20_000_000;
    private static final Endpoint GATEWAY = Endpoint.parse("127.0.0.1:9000");
    private static final Endpoint REAL = Endpoint.parse("127.0.0.1:40000");
    private static final Endpoint OTHER = Endpoint.parse("127.0.0.1:40001");

    private final EventLoop loop = new EventLoop(1, (node, time, kind, detail) -> {});
    private final LoopbackAddresses plan = new LoopbackAddresses(GATEWAY, true);
    private final Guests.Places places = new Guests.Places(plan, NODES);
    private final SimulatedNetwork network = network(NatKind.OPEN);
    private final List<String> left = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final Guests guests = guests(network);
    private final List<DatagramPort> ports = new ArrayList<>();

    private SimulatedNetwork network(NatKind nat) {
        NetworkModel model = NetworkModel.of(NetworkSettings.PERFECT, (from, to) -> DELAY)
                .withNat(NatMix.NONE.withGuests(NODES, nat))
                .withAddresses(places);
        return new SimulatedNetwork(loop, model, 1, ShardMap.one(NODES + Guests.PLACES), 0, Uplink.NONE);
    }

    private Guests guests(SimulatedNetwork among) {
        return new Guests(loop, among, places, (from, to, bytes) -> left.add(now() + from + " → " + to), joined -> {});
    }

    @BeforeEach
    void bindNodes() throws BindFailedException {
        bindNodes(network);
    }

    private void bindNodes(SimulatedNetwork network) throws BindFailedException {
        ports.clear();
        for (int node = 0; node < NODES; node++) {
            int number = node;
            ports.add(network.of(node)
                    .bind(plan.endpoint(node), (from, bytes) -> received.add(now() + from + " → " + number)));
        }
    }

    private String now() {
        return loop.nowNanos() / 1_000_000 + " ms ";
    }

    private void arrives(Endpoint from, int toNode, long wallNanos) {
        guests.arrived(new Arrival(wallNanos, plan.endpoint(toNode), from, new byte[] {1}));
    }

    @Test
    void aRealDatagramCrossesTheSimulatedNetworkAndSoDoesItsAnswer() {
        arrives(REAL, 1, 0);
        loop.runUntil(DELAY);
        assertThat(received).containsExactly("20 ms 127.0.3.1:9000 → 1");

        loop.runAs(1, () -> ports.get(1).send(plan.endpoint(NODES), new byte[] {2}, 1));
        loop.runUntil(2 * DELAY);
        assertThat(left).containsExactly("40 ms 127.0.1.1:9000 → 127.0.0.1:40000");
        assertThat(guests.everJoined()).isEqualTo(1);
    }

    @Test
    void itEntersWhenItCameAlsoIfTheClockIsBehind() {
        arrives(REAL, 0, 5_000_000);
        loop.runUntil(10 * DELAY);
        arrives(REAL, 0, 7_000_000);
        loop.runUntil(20 * DELAY);

        assertThat(received).containsExactly("25 ms 127.0.3.1:9000 → 0", "220 ms 127.0.3.1:9000 → 0");
    }

    @Test
    void realNodesMeetInTheSimulatedNetworkToo() {
        arrives(REAL, 0, 0);
        arrives(OTHER, NODES, 0);
        loop.runUntil(DELAY);

        assertThat(left).containsExactly("20 ms 127.0.4.1:9000 → 127.0.0.1:40000");
    }

    @Test
    void aRealNodeIsFoundWhereItReallyIs() {
        arrives(REAL, 0, 0);
        loop.runAs(2, () -> ports.get(2).send(REAL, new byte[] {2}, 1));
        loop.runAs(2, () -> ports.get(2).send(OTHER, new byte[] {2}, 1));
        loop.runUntil(DELAY);

        assertThat(left).containsExactly("20 ms 127.0.2.1:9000 → 127.0.0.1:40000");
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsRefusedUntilSomebodyHasBeenSilent() {
        for (int i = 0; i < Guests.PLACES; i++) {
            arrives(REAL.withPort(41_000 + i), 0, i);
        }
        arrives(REAL, 0, 100);
        assertThat(guests.present()).isEqualTo(Guests.PLACES);
        assertThat(guests.refused()).isEqualTo(1);

        loop.runUntil(Guests.SILENCE_NANOS + Guests.PLACES);
        received.clear();
        arrives(REAL.withPort(41_000), 0, loop.nowNanos());
        arrives(REAL, 0, loop.nowNanos());
        assertThat(guests.present()).isEqualTo(Guests.PLACES);
        assertThat(guests.everJoined()).isEqualTo(Guests.PLACES + 1);
        assertThat(guests.refused()).isEqualTo(1);

        loop.runUntil(loop.nowNanos() + DELAY);
        assertThat(received).hasSize(2).last().asString().endsWith("127.0.4.1:9000 → 0");
    }

    @Test
    void aRealNodeBehindANatBoxIsReachedByThoseItSpokeToAlone() throws BindFailedException {
        SimulatedNetwork behind = network(NatKind.PORT_RESTRICTED);
        bindNodes(behind);
        guests(behind).arrived(new Arrival(0, plan.endpoint(0), REAL, new byte[] {1}));
        loop.runUntil(DELAY);
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("20 ms 127.0.3.1:")
                .endsWith(" → 0");

        Endpoint outer = Endpoint.parse(received.getFirst().split(" ", -1)[2]);
        for (int node = 0; node < NODES; node++) {
            int sender = node;
            loop.runAs(node, () -> ports.get(sender).send(outer, new byte[] {2}, 1));
        }
        loop.runUntil(2 * DELAY);
        assertThat(left).containsExactly("40 ms 127.0.0.1:9000 → 127.0.0.1:40000");
    }

    @Test
    void aRealNodeAtThePortOfTheGatewayIsServedToo() {
        arrives(Endpoint.parse("127.0.77.7:9000"), 0, 0);
        loop.runUntil(DELAY);

        assertThat(received).hasSize(1);
    }
}
