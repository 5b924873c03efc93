package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.trace.TraceHash;

class SimulatedNetworkTest {
    private static final Endpoint ANY = Endpoint.parse("0.0.0.0:0");
    private static final DatagramListener DEAF = (from, datagram) -> {};
    private static final long SECOND = 1_000_000_000L;

    private final EventLoop loop = new EventLoop(1, (node, time, kind, detail) -> {});

    @Test
    void every_node_has_a_public_address_alone_in_its_group() {
        var groups = new TreeSet<Long>();
        for (int node = 0; node < 200_000; node += 7) {
            Endpoint endpoint = SimulatedNetwork.endpointOf(node);
            assertThat(endpoint.isPrivate()).as(endpoint.toString()).isFalse();
            assertThat(endpoint.isDialable()).isTrue();
            assertThat(groups.add(endpoint.group())).isTrue();
        }
    }

    @Test
    void a_datagram_arrives_after_the_latency_of_its_pair() throws Exception {
        var network = network(NetworkSettings.PERFECT, (from, to) -> 1000 * from + to);
        var arrived = new ArrayList<String>();
        DatagramPort sender = network.of(3).bind(ANY, DEAF);
        network.of(5)
                .bind(
                        ANY,
                        (from, datagram) -> arrived.add(loop.nowNanos() + " " + loop.currentNode() + " "
                                + from.equals(sender.local()) + " " + Arrays.toString(datagram)));
        send(3, sender, SimulatedNetwork.endpointOf(5), new byte[] {1, 2, 3, 4}, 3);
        loop.runUntil(SECOND);
        assertThat(arrived).containsExactly("3005 5 true [1, 2, 3]");
        assertThat(network.statistics()).isEqualTo(new NetworkStatistics(1, 3, 1, 0, 0));
    }

    @Test
    void chance_keeps_its_promises() throws Exception {
        int count = 20_000;
        var settings = new NetworkSettings(0.1, 0.05, 0.2, 50_000_000, 0.5, 1472);
        var network = network(settings, (from, to) -> 100_000_000);
        var delays = new ArrayList<Long>();
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        network.of(1).bind(ANY, (from, datagram) -> delays.add(loop.nowNanos()));
        for (int i = 0; i < count; i++) {
            send(0, sender, SimulatedNetwork.endpointOf(1), new byte[10], 10);
        }
        loop.runUntil(SECOND);
        NetworkStatistics seen = network.statistics();
        assertThat((double) seen.lost() / count).isCloseTo(0.1, within(0.01));
        assertThat((double) seen.duplicated() / count).isCloseTo(0.045, within(0.01));
        assertThat(seen.delivered())
                .isEqualTo(count - seen.lost() + seen.duplicated())
                .isEqualTo(delays.size());
        assertThat(delays).allMatch(delay -> delay >= 100_000_000 && delay <= 300_000_000);
        double held = delays.stream().filter(delay -> delay > 150_000_000).count();
        assertThat(held / count).isBetween(0.05, 0.15);
    }

    @Test
    void one_sender_s_chance_does_not_depend_on_another_s() throws Exception {
        assertThat(fates(false)).isEqualTo(fates(true));
    }

    private static List<Long> fates(boolean withOther) throws BindFailedException {
        var loop = new EventLoop(1, (node, time, kind, detail) -> {});
        var network = new SimulatedNetwork(loop, NetworkSettings.DEFAULT.withLoss(0.3), (a, b) -> 10, 9, 10);
        var arrivals = new ArrayList<Long>();
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        DatagramPort other = network.of(2).bind(ANY, DEAF);
        network.of(1).bind(ANY, (from, datagram) -> {
            if (from.equals(sender.local())) {
                arrivals.add(loop.nowNanos());
            }
        });
        for (int i = 0; i < 100; i++) {
            loop.runAs(0, () -> sender.send(SimulatedNetwork.endpointOf(1), new byte[1], 1));
            if (withOther) {
                loop.runAs(2, () -> other.send(SimulatedNetwork.endpointOf(1), new byte[1], 1));
            }
        }
        loop.runUntil(SECOND);
        return arrivals;
    }

    @Test
    void without_chance_nothing_is_lost_held_or_doubled() throws Exception {
        var network = network(NetworkSettings.PERFECT, (from, to) -> 10);
        var times = new TreeSet<Long>();
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        network.of(1).bind(ANY, (from, datagram) -> times.add(loop.nowNanos()));
        for (int i = 0; i < 1000; i++) {
            send(0, sender, SimulatedNetwork.endpointOf(1), new byte[1], 1);
        }
        loop.runUntil(SECOND);
        assertThat(times).containsExactly(10L);
        assertThat(network.statistics()).isEqualTo(new NetworkStatistics(1000, 1000, 1000, 0, 0));
    }

    @Test
    void a_datagram_is_one_array_for_all_who_get_it() throws Exception {
        var network = network(new NetworkSettings(0, 1, 0, 0, 0, 1472), (from, to) -> 10);
        var got = new ArrayList<byte[]>();
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        network.of(1).bind(ANY, (from, datagram) -> got.add(datagram));
        byte[] datagram = {1, 2, 3};
        send(0, sender, SimulatedNetwork.endpointOf(1), datagram, 3);
        loop.runUntil(SECOND);
        assertThat(got).hasSize(2).allSatisfy(arrived -> assertThat(arrived).isSameAs(datagram));
    }

    @Test
    void two_shards_are_one_network() throws Exception {
        NetworkModel plain = NetworkModel.of(
                NetworkSettings.DEFAULT.withLoss(0.1), (from, to) -> TwoShards.LATENCY * (1 + (from + to) % 3));
        var mix = new NatMix(List.of(
                new NatMix.Share(NatKind.OPEN, 1),
                new NatMix.Share(NatKind.FULL_CONE, 1),
                new NatMix.Share(NatKind.EIM, 1)));
        NetworkModel full = plain.withNat(mix)
                .withAccess(AccessMix.HOMES)
                .withRules(List.of(
                        new PathRule.Slow(0, SECOND, node -> node == 3, TwoShards.LATENCY / 2),
                        new PathRule.Loss(0, SECOND, node -> node < 4, node -> node > 6, 0.5),
                        new PathRule.Partition(50 * TwoShards.LATENCY, SECOND, node -> node == 8)));
        for (NetworkModel model : List.of(plain, full)) {
            var whole = new TwoShards(model, ShardMap.one(10));
            var halves = new TwoShards(model, new ShardMap(10, 2));
            assertThat(halves.run()).isNotEmpty().isEqualTo(whole.run());
            assertThat(halves.crossed).isPositive();
            assertThat(halves.statistics()).isEqualTo(whole.statistics());
        }
    }

    /// Ten nodes that each answer what comes with something shorter, until nothing is left of it.
    private static final class TwoShards {
        private static final long LATENCY = 1_000_000;

        private final ShardMap map;
        private final List<EventLoop> loops = new ArrayList<>();
        private final List<SimulatedNetwork> networks = new ArrayList<>();
        private final List<RemoteDatagram> between = new ArrayList<>();
        private final TraceHash hash = new TraceHash(10);
        private int crossed;

        TwoShards(NetworkModel model, ShardMap map) {
            this.map = map;
            for (int shard = 0; shard < map.shards(); shard++) {
                var loop = new EventLoop(1, hash);
                loops.add(loop);
                networks.add(new SimulatedNetwork(loop, model, 5, map, shard, between::add));
            }
        }

        String run() throws BindFailedException {
            for (int node = 0; node < map.nodes(); node++) {
                start(node);
            }
            for (long now = 0; now < 200 * LATENCY; now += LATENCY) {
                for (EventLoop loop : loops) {
                    loop.runUntil(now + LATENCY - 1);
                }
                crossed += between.size();
                between.forEach(
                        datagram -> networks.get(map.shardOf(datagram.toNode())).arrived(datagram));
                between.clear();
            }
            return hash.toString() + " " + hash.count();
        }

        private void start(int node) throws BindFailedException {
            EventLoop loop = loops.get(map.shardOf(node));
            var self = new AtomicReference<DatagramPort>();
            self.set(networks.get(map.shardOf(node)).of(node).bind(ANY, (from, datagram) -> {
                if (datagram.length > 1) {
                    self.get().send(from, Arrays.copyOf(datagram, datagram.length - 1), datagram.length - 1);
                }
            }));
            for (int to = 0; to < map.nodes(); to++) {
                Endpoint endpoint = SimulatedNetwork.endpointOf(to);
                loop.runAs(node, () -> self.get().send(endpoint, new byte[40], 40));
            }
        }

        List<Record> statistics() {
            return List.of(
                    networks.stream()
                            .map(SimulatedNetwork::statistics)
                            .reduce(NetworkStatistics.NONE, NetworkStatistics::plus),
                    networks.stream()
                            .map(SimulatedNetwork::uplinks)
                            .reduce(QueueStatistics.NONE, QueueStatistics::plus),
                    networks.stream()
                            .map(SimulatedNetwork::downlinks)
                            .reduce(QueueStatistics.NONE, QueueStatistics::plus),
                    networks.stream().map(SimulatedNetwork::nat).reduce(NatStatistics.NONE, NatStatistics::plus));
        }
    }

    @Test
    void rules_and_taps_see_each_datagram() throws Exception {
        var network = network(NetworkSettings.PERFECT, (from, to) -> 10);
        var arrived = new ArrayList<Integer>();
        var seen = new ArrayList<String>();
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        for (int node = 1; node < 4; node++) {
            int number = node;
            network.of(node).bind(ANY, (from, datagram) -> arrived.add(number));
        }
        network.tap(transit -> seen.add(transit.fromNode() + ">" + transit.toNode()));
        network.partition(node -> node < 2);
        sendToAll(sender);
        assertThat(seen).containsExactly("0>1", "0>2", "0>3");
        assertThat(arrived).containsExactly(1);
        network.heal();
        sendToAll(sender);
        assertThat(arrived).containsExactly(1, 1, 2, 3);
    }

    @Test
    void nothing_arrives_where_nobody_listens() throws Exception {
        var network = network(NetworkSettings.PERFECT, (from, to) -> 10);
        DatagramPort sender = network.of(0).bind(ANY, DEAF);
        DatagramPort receiver = network.of(1).bind(ANY, (from, datagram) -> {
            throw new AssertionError("closed");
        });
        receiver.close();
        receiver.close();
        send(0, sender, SimulatedNetwork.endpointOf(1), new byte[1], 1);
        send(0, sender, Endpoint.parse("8.8.8.8:53"), new byte[1], 1);
        send(0, sender, SimulatedNetwork.endpointOf(0).withPort(1), new byte[1], 1);
        sender.close();
        send(0, sender, SimulatedNetwork.endpointOf(1), new byte[1], 1);
        loop.runUntil(SECOND);
        assertThat(network.statistics()).isEqualTo(new NetworkStatistics(3, 3, 0, 3, 0));
    }

    @Test
    void a_port_is_taken_once_and_only_by_its_own_machine() throws Exception {
        var network = network(NetworkSettings.PERFECT, (from, to) -> 10);
        Endpoint fixed = Endpoint.parse("0.0.0.0:7000");
        DatagramPort first = network.of(0).bind(fixed, DEAF);
        assertThat(first.local().port()).isEqualTo(7000);
        assertThatThrownBy(() -> network.of(0).bind(fixed, DEAF)).isInstanceOf(BindFailedException.class);
        assertThat(network.of(1).bind(fixed, DEAF).local()).isNotEqualTo(first.local());
        assertThatThrownBy(() -> network.of(1).bind(SimulatedNetwork.endpointOf(0), DEAF))
                .isInstanceOf(BindFailedException.class);
        first.close();
        DatagramPort again = network.of(0).bind(fixed, DEAF);
        first.close();
        assertThatThrownBy(() -> network.of(0).bind(fixed, DEAF)).isInstanceOf(BindFailedException.class);
        again.close();
        assertThat(network.of(0).bind(ANY, DEAF).local()).isEqualTo(SimulatedNetwork.endpointOf(0));
        assertThat(network.of(0).bind(ANY, DEAF).local()).isNotEqualTo(SimulatedNetwork.endpointOf(0));
    }

    @Test
    void latencies_follow_the_lognormal_distribution_and_are_symmetric() {
        var latency = new LognormalLatency(5);
        var millis = new ArrayList<Double>();
        for (int node = 0; node < 20_000; node++) {
            long there = latency.oneWayNanos(node, node + 13);
            assertThat(latency.oneWayNanos(node + 13, node)).isEqualTo(there);
            millis.add(there / 1e6);
        }
        millis.sort(null);
        assertThat(millis.get(10_000)).isCloseTo(67.5, within(2.5));
        assertThat(millis.get(2_000)).isCloseTo(24.2, within(1.5));
        assertThat(millis.get(18_000)).isCloseTo(188, within(9.0));
        assertThat(new LognormalLatency(6).oneWayNanos(1, 2)).isNotEqualTo(latency.oneWayNanos(1, 2));
    }

    @Test
    void the_workload_s_latencies_are_within_their_bounds() {
        var latency = new KademliaWorkloadLatency();
        double sum = 0;
        for (int node = 0; node < 10_000; node++) {
            long nanos = latency.oneWayNanos(node, 2 * node + 1);
            assertThat(nanos).isBetween(10_000_000L, 100_000_000L);
            sum += nanos;
        }
        assertThat(sum / 10_000).isCloseTo(55e6, within(1e6));
    }

    private void sendToAll(DatagramPort sender) {
        for (int node = 1; node < 4; node++) {
            send(0, sender, SimulatedNetwork.endpointOf(node), new byte[] {7}, 1);
        }
        loop.runUntil(loop.nowNanos() + SECOND);
    }

    private void send(int node, DatagramPort port, Endpoint to, byte[] bytes, int length) {
        loop.runAs(node, () -> port.send(to, bytes, length));
    }

    private SimulatedNetwork network(NetworkSettings settings, LatencyModel latency) {
        return new SimulatedNetwork(loop, settings, latency, 9, 10);
    }
}
