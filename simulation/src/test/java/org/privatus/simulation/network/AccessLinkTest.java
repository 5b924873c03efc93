package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;

class AccessLinkTest {
    private static final Endpoint ANY = Endpoint.parse("0.0.0.0:0");
    private static final DatagramListener DEAF = (from, datagram) -> {};
    private static final long SECOND = 1_000_000_000L;
    /// With its header a datagram of 972 bytes takes 1 ms up and 100 µs down.
    private static final AccessClass LINK = new AccessClass("link", 1, 8_000_000, 80_000_000, 5_000, 1_000_000);

    private final EventLoop loop = new EventLoop(1, (node, time, kind, detail) -> {});

    @Test
    void datagrams_leave_one_after_the_other_and_what_does_not_fit_is_dropped() throws Exception {
        SimulatedNetwork network = network(LINK);
        var arrivals = new ArrayList<Long>();
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        network.of(1).bind(ANY, (from, datagram) -> arrivals.add(loop.nowNanos()));
        send(sender, 8, 972);
        loop.runUntil(SECOND);
        assertThat(arrivals).containsExactly(11_100_000L, 12_100_000L, 13_100_000L, 14_100_000L, 15_100_000L);
        assertThat(network.uplinks()).isEqualTo(new QueueStatistics(5, 3, 10_000_000, 4_000_000));
        assertThat(network.downlinks()).isEqualTo(new QueueStatistics(5, 0, 0, 0));
        assertThat(network.statistics()).isEqualTo(new NetworkStatistics(8, 8 * 972, 5, 3, 0));
        assertThat(network.uplinks().meanWaitMillis()).isEqualTo(2);
    }

    @Test
    void a_queue_empties_at_its_rate() throws Exception {
        SimulatedNetwork network = network(LINK);
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        for (int burst = 0; burst < 100; burst++) {
            send(sender, 2, 972);
            loop.runUntil(loop.nowNanos() + 2_000_000);
        }
        assertThat(network.uplinks().dropped()).isZero();
        for (int burst = 0; burst < 100; burst++) {
            send(sender, 3, 972);
            loop.runUntil(loop.nowNanos() + 2_000_000);
        }
        assertThat(network.uplinks().passed())
                .as("two of three, and the room of the queue")
                .isBetween(403L, 405L);
    }

    @Test
    void the_receiver_s_link_drops_what_many_send() throws Exception {
        SimulatedNetwork network = network(new AccessClass("slow down", 1, 1_000_000_000, 8_000_000, 100_000, 3_000));
        var arrivals = new ArrayList<Long>();
        network.of(0).bind(ANY, (from, datagram) -> arrivals.add(loop.nowNanos()));
        for (int node = 1; node < 10; node++) {
            DatagramPort sender = network.of(node).bind(ANY, DEAF);
            loop.runAs(node, () -> sender.send(SimulatedNetwork.endpointOf(0), new byte[972], 972));
        }
        loop.runUntil(SECOND);
        assertThat(arrivals).containsExactly(11_008_000L, 12_008_000L, 13_008_000L);
        assertThat(network.downlinks().dropped()).isEqualTo(6);
        assertThat(network.statistics().lost()).isEqualTo(6);
    }

    @Test
    void classes_are_dealt_out_by_weight() {
        Weights dealt = AccessMix.HOMES.dealt(3);
        int[] counts = new int[AccessMix.HOMES.classes().size()];
        for (int node = 0; node < 100_000; node++) {
            counts[dealt.of(node)]++;
        }
        for (int i = 0; i < counts.length; i++) {
            double weight = AccessMix.HOMES.classes().get(i).weight();
            assertThat(counts[i] / 100_000.0).isCloseTo(weight, within(0.01));
        }
    }

    @Test
    void impossible_links_are_refused() {
        assertThatThrownBy(() -> new AccessClass("x", 1, 10, 8_000_000, 5_000, 5_000))
                .hasMessageContaining("10 bit/s");
        assertThatThrownBy(() -> new AccessClass("x", 1, 8_000, 8_000, 100, 5_000))
                .hasMessageContaining("100 bytes");
        assertThatThrownBy(() -> new AccessMix(List.of(new AccessClass("x", -1, 8_000, 8_000, 5_000, 5_000))))
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new AccessMix(List.of(new AccessClass("x", 0, 8_000, 8_000, 5_000, 5_000))))
                .hasMessageContaining("add up to 0");
    }

    private void send(DatagramPort sender, int count, int length) {
        for (int i = 0; i < count; i++) {
            loop.runAs(0, () -> sender.send(SimulatedNetwork.endpointOf(1), new byte[length], length));
        }
    }

    private SimulatedNetwork network(AccessClass link) {
        NetworkModel model = NetworkModel.of(NetworkSettings.PERFECT, (from, to) -> 10_000_000)
                .withAccess(new AccessMix(List.of(link)));
        return new SimulatedNetwork(loop, model, 1, ShardMap.one(10), 0, Uplink.NONE);
    }
}
