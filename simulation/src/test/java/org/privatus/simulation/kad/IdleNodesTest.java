package org.privatus.simulation.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.network.KademliaWorkloadLatency;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// What an idle node costs, everything counted: actors, mailboxes, timers, cores, the table, the identity, its contact, host, network.
class IdleNodesTest {
    private static final int FEW = 500;
    private static final int MANY = 2_500;

    /// What is counted is measured with 15 % of slack.
    private static final long BOUND_BYTES = 8_000;

    @Test
    void an_idle_node_with_a_converged_table_is_small() {
        bytesOf(FEW);
        long few = bytesOf(FEW);
        long many = bytesOf(MANY);
        long perNode = (many - few) / (MANY - FEW);
        assertThat(perNode).as("bytes of heap per idle node").isBetween(1_000L, BOUND_BYTES);
    }

    /// The first time classes are loaded on the way; differences of later ones cancel what a world costs whatever its size.
    private static long bytesOf(int nodes) {
        var settings = WorldSettings.of(nodes, 7, new StubSuite())
                .withLatency(new KademliaWorkloadLatency())
                .withNetwork(NetworkSettings.PERFECT)
                .withCosts(ComputeCosts.FREE);
        long before = heap();
        try (var world = new World(settings)) {
            var workload = new Kad1(world, Kad1Settings.of(3));
            workload.start();
            long after = heap();
            assertThat(workload.tally().begun()).isZero();
            return after - before;
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
