package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;

class PathRuleTest {
    private static final Endpoint ANY = Endpoint.parse("0.0.0.0:0");
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    @Test
    void a_partition_holds_from_its_first_moment_to_its_end() throws Exception {
        var cut = new PathRule.Partition(10 * SECOND, 20 * SECOND, node -> node == 0);
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(cut), 0, 1, 30))
                .containsExactlyElementsOf(seconds(30, second -> second < 10 || second >= 20, 0));
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(cut), 1, 2, 30)).hasSize(30);
    }

    @Test
    void asymmetric_loss_spares_the_other_direction() throws Exception {
        var loss = new PathRule.Loss(0, Long.MAX_VALUE, node -> node == 0, node -> node == 1, 0.5);
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(loss), 0, 1, 2_000).size())
                .isBetween(900, 1_100);
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(loss), 1, 0, 2_000))
                .hasSize(2_000);
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(loss), 0, 2, 2_000))
                .hasSize(2_000);
    }

    @Test
    void a_slow_node_is_late_in_what_it_sends() throws Exception {
        var slow = new PathRule.Slow(2 * SECOND, 4 * SECOND, node -> node == 0, 300 * MILLI);
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(slow), 0, 1, 6))
                .containsExactly(
                        10 * MILLI,
                        SECOND + 10 * MILLI,
                        2 * SECOND + 310 * MILLI,
                        3 * SECOND + 310 * MILLI,
                        4 * SECOND + 10 * MILLI,
                        5 * SECOND + 10 * MILLI);
        assertThat(arrivals(NetworkSettings.PERFECT, List.of(slow), 1, 0, 6))
                .containsExactlyElementsOf(seconds(6, second -> true, 0));
    }

    @Test
    void a_rule_changes_the_fate_of_no_other_datagram() throws Exception {
        var settings = new NetworkSettings(0.2, 0.1, 0.1, SECOND / 10, 0.3, 1472);
        var loss = new PathRule.Loss(100 * SECOND, 101 * SECOND, node -> true, node -> true, 1);
        List<Long> without = arrivals(settings, List.of(), 0, 1, 300);
        List<Long> with = arrivals(settings, List.of(loss), 0, 1, 300);
        without.removeIf(time -> time / SECOND == 100);
        assertThat(with).isEqualTo(without);
    }

    @Test
    void impossible_rules_are_refused() {
        assertThatThrownBy(() -> new PathRule.Partition(5, 4, node -> true)).hasMessageContaining("from 5 until 4");
        assertThatThrownBy(() -> new PathRule.Loss(0, 1, node -> true, node -> true, 1.5))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new PathRule.Slow(0, 1, node -> true, -1)).hasMessageContaining("-1");
    }

    private interface SecondTest {
        boolean arrives(int second);
    }

    private static List<Long> seconds(int count, SecondTest test, long extra) {
        var times = new ArrayList<Long>();
        for (int second = 0; second < count; second++) {
            if (test.arrives(second)) {
                times.add(second * SECOND + 10 * MILLI + extra);
            }
        }
        return times;
    }

    /// When what `from` sends at each whole second comes to `to`.
    private static List<Long> arrivals(NetworkSettings settings, List<PathRule> rules, int from, int to, int count)
            throws BindFailedException {
        var loop = new EventLoop(1, (node, time, kind, detail) -> {});
        NetworkModel model =
                NetworkModel.of(settings, (one, other) -> 10 * MILLI).withRules(rules);
        var network = new SimulatedNetwork(loop, model, 1, ShardMap.one(5), 0, Uplink.NONE);
        var times = new ArrayList<Long>();
        DatagramPort sender = network.of(from).bind(ANY, (peer, datagram) -> {});
        network.of(to).bind(ANY, (peer, datagram) -> times.add(loop.nowNanos()));
        loop.runAs(from, () -> {
            for (int second = 0; second < count; second++) {
                loop.after(
                        second * SECOND,
                        EventKind.SCENARIO,
                        () -> sender.send(SimulatedNetwork.endpointOf(to), new byte[1], 1));
            }
        });
        loop.runUntil((count + 1) * SECOND);
        return times;
    }
}
