package org.privatus.simulation.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.network.KademliaWorkloadLatency;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// KAD-1 on the shipped nodes against the figures on which three independent implementations agree to 0.1 %.
///
/// The numbers of lookups are such that the standard errors (measured, and checked below) are 0.08 % of the requests and 0.2 % of the latency: with a
/// fixed seed the tolerance of 0.5 % is then more than twice that.
///
/// Depth is not compared: what is counted here, requests in a row that led to the target as it was asked, is 1.93 and 2.50 where 1.88 and 2.35 are
/// published without a definition.
class ConformanceTest {
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Percentage TOLERANCE = Percentage.withPercentage(0.5);

    @Test
    void a_thousand_nodes_need_what_other_implementations_need() {
        conforms(1_000, 3, 4_000, 21.53, 838, 0.9989);
    }

    @Test
    void ten_thousand_nodes_need_what_other_implementations_need() {
        conforms(10_000, 3, 3_000, 22.97, 891, 0.9999);
    }

    private static void conforms(
            int nodes, int parallelism, int lookups, double requests, double latencyMillis, double success) {
        var settings = WorldSettings.of(nodes, 7, new StubSuite())
                .withLatency(new KademliaWorkloadLatency())
                .withNetwork(NetworkSettings.PERFECT)
                .withCosts(ComputeCosts.FREE);
        try (var world = new World(settings)) {
            var workload = new Kad1(world, Kad1Settings.of(parallelism));
            workload.start();
            workload.look(lookups, INTERVAL.toNanos());
            world.run(INTERVAL.multipliedBy(lookups).plus(DRAIN));
            conforms(workload.tally(), lookups, requests, latencyMillis, success);
        }
    }

    private static void conforms(
            LookupTally tally, int lookups, double requests, double latencyMillis, double success) {
        assertThat(tally.begun()).isEqualTo(lookups);
        assertThat(tally.ended()).isEqualTo(lookups);
        assertThat(tally.requestsError() / requests).isLessThan(0.001);
        assertThat(tally.latencyErrorMillis() / latencyMillis).isLessThan(0.0022);
        assertThat(tally.requestsPerLookup()).isCloseTo(requests, TOLERANCE);
        assertThat(tally.meanLatencyMillis()).isCloseTo(latencyMillis, TOLERANCE);
        assertThat(tally.success()).isCloseTo(success, within(0.002));
    }
}
