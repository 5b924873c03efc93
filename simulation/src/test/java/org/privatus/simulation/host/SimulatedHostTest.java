package org.privatus.simulation.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.Gauges;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.suite.StubSuite;

class SimulatedHostTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ComputeCosts COSTS = new ComputeCosts(1000, 10, 1, 0, 0, 0, 2);

    private final EventLoop loop = new EventLoop(1, (node, time, kind, detail) -> {});
    private final SimulatedNetwork network = new SimulatedNetwork(loop, NetworkSettings.PERFECT, (a, b) -> 5, 1, 4);
    private final List<String> done = new ArrayList<>();

    @Test
    void work_runs_at_once_and_is_delivered_after_its_cost_to_its_node() {
        SimulatedHost host = host(2, 0);
        var job = new Counted(new Cost(2, 3, 4, 0, 0, 0));
        loop.runAs(2, () -> host.compute().submit(job, this::note));
        assertThat(job.runs).isEqualTo(1);
        assertThat(done).isEmpty();
        loop.runUntil(SECOND);
        assertThat(done).containsExactly("2034 node 2");
    }

    @Test
    void work_beyond_the_workers_waits() {
        SimulatedHost host = host(0, 0);
        loop.runAs(0, () -> {
            for (int i = 0; i < 3; i++) {
                host.compute().submit(new Counted(Cost.agreements(1)), this::note);
            }
        });
        loop.runUntil(SECOND);
        assertThat(done).containsExactly("1000 node 0", "1000 node 0", "2000 node 0");
    }

    @Test
    void gauges_show_the_configured_work() {
        SimulatedHost host = host(0, 0);
        loop.runAs(0, () -> host.compute().submit(new Counted(Cost.agreements(500_000)), this::note));
        loop.runUntil(SECOND);
        Gauges.Reading busy = host.gauges().read();
        loop.runUntil(2 * SECOND);
        assertThat(busy.cpuLoad()).isEqualTo(0.25);
        assertThat(host.gauges().read().cpuLoad()).isZero();
        assertThat(busy.heapUsedBytes()).isLessThan(busy.heapMaxBytes());
    }

    @Test
    void streams_differ_by_node_purpose_life_and_call() {
        SimulatedHost host = host(0, 0);
        long first = host.behaviour("dht").nextLong();
        assertThat(List.of(
                        first,
                        host.behaviour("dht").nextLong(),
                        host.behaviour("onion").nextLong(),
                        host(1, 0).behaviour("dht").nextLong(),
                        host(0, 1).behaviour("dht").nextLong(),
                        host.keys().nextLong(),
                        host(1, 0).keys().nextLong(),
                        host(0, 1).keys().nextLong()))
                .doesNotHaveDuplicates();
        assertThat(host(0, 0).behaviour("dht").nextLong()).isEqualTo(first);
    }

    @Test
    void a_severed_machine_does_nothing_more() throws Exception {
        SimulatedHost host = host(0, 0);
        var port = host.datagrams().bind(Endpoint.parse("0.0.0.0:0"), (from, datagram) -> done.add("got"));
        loop.runAs(0, () -> host.compute().submit(new Counted(Cost.agreements(1)), this::note));
        host.sever();
        loop.runAs(0, () -> {
            port.send(SimulatedNetwork.endpointOf(0), new byte[1], 1);
            host.compute().submit(new Counted(Cost.NONE), this::note);
        });
        loop.runUntil(SECOND);
        assertThat(done).isEmpty();
        assertThat(network.statistics().sent()).isZero();
        assertThatThrownBy(() -> host.datagrams().bind(Endpoint.parse("0.0.0.0:0"), (from, datagram) -> {}))
                .isInstanceOf(BindFailedException.class);
    }

    @Test
    void both_clocks_are_the_loop_s() {
        SimulatedHost host = host(0, 0);
        loop.runUntil(3 * SECOND);
        assertThat(host.time().nanos()).isEqualTo(3 * SECOND);
        assertThat(host.time().epochMillis()).isEqualTo(EventLoop.EPOCH_MILLIS + 3000);
    }

    private void note(Job job) {
        done.add(loop.nowNanos() + " node " + loop.currentNode());
    }

    private SimulatedHost host(int node, int life) {
        return new SimulatedHost(loop, network, new StubSuite(), COSTS, 1, node, life);
    }

    private static final class Counted extends Job {
        private final Cost cost;
        private int runs;

        Counted(Cost cost) {
            this.cost = cost;
        }

        @Override
        public void run() {
            runs++;
        }

        @Override
        public Cost cost() {
            return cost;
        }
    }
}
