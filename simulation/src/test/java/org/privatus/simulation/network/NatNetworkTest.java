package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;

class NatNetworkTest {
    private static final Endpoint ANY = Endpoint.parse("0.0.0.0:0");
    private static final DatagramListener DEAF = (from, datagram) -> {};
    private static final long SECOND = 1_000_000_000L;

    private final EventLoop loop = new EventLoop(1, (node, time, kind, detail) -> {});

    @Test
    void a_node_behind_nat_is_private_inside_and_public_outside() throws Exception {
        SimulatedNetwork network = network(NatMix.all(NatKind.RESTRICTED));
        var seen = new ArrayList<String>();
        DatagramPort one = network.of(1).bind(ANY, (from, datagram) -> seen.add("1 got " + from));
        DatagramPort two = network.of(2).bind(ANY, (from, datagram) -> seen.add("2 got " + from));
        assertThat(one.local()).isEqualTo(SimulatedNetwork.INNER).isEqualTo(two.local());
        assertThat(one.local().isPrivate()).isTrue();
        send(1, one, SimulatedNetwork.endpointOf(2));
        assertThat(seen).as("node 2 has sent nothing yet").isEmpty();
        send(2, two, SimulatedNetwork.endpointOf(1));
        send(1, one, SimulatedNetwork.endpointOf(2));
        assertThat(seen)
                .containsExactly("1 got " + SimulatedNetwork.endpointOf(2), "2 got " + SimulatedNetwork.endpointOf(1));
        send(1, one, SimulatedNetwork.INNER);
        assertThat(network.nat()).isEqualTo(new NatStatistics(2, 1, 0));
        assertThat(network.statistics()).isEqualTo(new NetworkStatistics(4, 4, 2, 2, 0));
        assertThatThrownBy(
                        () -> network.of(1).bind(SimulatedNetwork.endpointOf(1).withPort(7), DEAF))
                .isInstanceOf(BindFailedException.class);
    }

    @Test
    void a_box_outlives_its_node_and_forgets_in_time() throws Exception {
        SimulatedNetwork network = network(NatMix.all(NatKind.RESTRICTED));
        var seen = new ArrayList<Endpoint>();
        DatagramPort one = network.of(1).bind(ANY, DEAF);
        DatagramPort two = network.of(2).bind(ANY, DEAF);
        send(1, one, SimulatedNetwork.endpointOf(2));
        network.closePorts(1);
        network.of(1).bind(ANY, (from, datagram) -> seen.add(from));
        send(2, two, SimulatedNetwork.endpointOf(1));
        assertThat(seen).hasSize(1);
        loop.runUntil(loop.nowNanos() + 121 * SECOND);
        send(2, two, SimulatedNetwork.endpointOf(1));
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_node_meets_itself_only_through_a_box_that_hairpins() throws Exception {
        for (boolean hairpin : new boolean[] {false, true}) {
            SimulatedNetwork network = network(NatMix.all(NatKind.FULL_CONE.withHairpin(hairpin)));
            var seen = new ArrayList<Endpoint>();
            DatagramPort one = network.of(1).bind(ANY, (from, datagram) -> seen.add(from));
            send(1, one, SimulatedNetwork.endpointOf(1));
            assertThat(seen).isEqualTo(hairpin ? List.of(SimulatedNetwork.endpointOf(1)) : List.of());
            assertThat(network.nat().refused()).isEqualTo(hairpin ? 0 : 1);
        }
    }

    @Test
    void one_of_several_ports_is_found_behind_its_outer_number() throws Exception {
        SimulatedNetwork network = network(NatMix.all(NatKind.SYMMETRIC));
        var seen = new ArrayList<Integer>();
        var from = new ArrayList<Endpoint>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            DatagramPort port = network.of(1).bind(ANY, (sender, datagram) -> seen.add(number));
            network.tap(transit -> {});
            send(1, port, SimulatedNetwork.endpointOf(2));
        }
        DatagramPort two = network.of(2).bind(ANY, (sender, datagram) -> from.add(sender));
        send(2, two, SimulatedNetwork.endpointOf(1));
        assertThat(seen).as("the symmetric boxes do not meet").isEmpty();
        assertThat(network.nat().mapped()).isEqualTo(4);
        assertThat(from).isEmpty();
    }

    @Test
    void a_capture_at_a_node_shows_what_its_interface_sees() throws Exception {
        SimulatedNetwork network = network(NatMix.all(NatKind.FULL_CONE));
        var lines = new ArrayList<String>();
        network.tap(
                1,
                (time, outward, from, to, bytes) ->
                        lines.add(time + (outward ? " out " : " in ") + from + " > " + to + " " + bytes.length));
        DatagramPort one = network.of(1).bind(ANY, DEAF);
        DatagramPort two = network.of(2).bind(ANY, DEAF);
        send(1, one, SimulatedNetwork.endpointOf(2));
        send(2, two, SimulatedNetwork.endpointOf(1));
        one.close();
        send(2, two, SimulatedNetwork.endpointOf(1));
        assertThat(lines)
                .containsExactly(
                        "0 out 192.168.1.2:4460 > " + SimulatedNetwork.endpointOf(2) + " 1",
                        "1000010 in " + SimulatedNetwork.endpointOf(2) + " > 192.168.1.2:4460 1",
                        "2000010 in " + SimulatedNetwork.endpointOf(2) + " > " + SimulatedNetwork.endpointOf(1) + " 1");
        assertThatThrownBy(() -> network.tap(1, (time, outward, from, to, bytes) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    private void send(int node, DatagramPort port, Endpoint to) {
        loop.runAs(node, () -> port.send(to, new byte[1], 1));
        loop.runUntil(loop.nowNanos() + 1_000_000);
    }

    private SimulatedNetwork network(NatMix mix) {
        NetworkModel model =
                NetworkModel.of(NetworkSettings.PERFECT, (from, to) -> 10).withNat(mix);
        return new SimulatedNetwork(loop, model, 1, ShardMap.one(10), 0, Uplink.NONE);
    }
}
