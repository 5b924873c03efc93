package org.privatus.simulation.kad;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.network.KademliaWorkloadLatency;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// A run of KAD-1 with its costs, for profiling by hand: nodes, lookups (0: only the set-up), α.
final class Kad1Trial {
    private Kad1Trial() {}

    public static void main(String[] arguments) {
        int nodes = Integer.parseInt(arguments[0]);
        int lookups = Integer.parseInt(arguments[1]);
        int parallelism = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        var settings = WorldSettings.of(nodes, 7, new StubSuite())
                .withLatency(new KademliaWorkloadLatency())
                .withNetwork(NetworkSettings.PERFECT)
                .withCosts(ComputeCosts.FREE);
        long empty = heap();
        double begun = cpuSeconds();
        try (var world = new World(settings)) {
            var workload = new Kad1(world, Kad1Settings.of(parallelism));
            workload.start();
            double started = cpuSeconds();
            System.out.printf("setup %.2f CPU s, %,d bytes per node%n", started - begun, (heap() - empty) / nodes);
            histogram(nodes);
            if (lookups == 0) {
                return;
            }
            started = cpuSeconds();
            workload.look(lookups, 1_000_000);
            world.run(Duration.ofMillis(lookups + 5_000));
            double cpu = cpuSeconds() - started;
            LookupTally tally = workload.tally();
            System.out.printf(
                    "%d of %d lookups, %.2f CPU s, %,.0f lookups/CPU s, %,.0f events/CPU s%n",
                    tally.ended(),
                    tally.begun(),
                    cpu,
                    tally.ended() / cpu,
                    world.loop().eventCount() / cpu);
            System.out.printf(
                    "requests %.2f depth %.2f latency %.0f ms success %.4f hash %s, %,d bytes per node%n",
                    tally.requestsPerLookup(),
                    tally.depth(),
                    tally.meanLatencyMillis(),
                    tally.success(),
                    world.hash(),
                    (heap() - empty) / nodes);
            histogram(nodes);
        }
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    /// With `-Dhistogram=LINES`: how many objects of each class, and bytes per node, of what is reachable.
    private static void histogram(int nodes) {
        int lines = Integer.getInteger("histogram", 0);
        if (lines == 0) {
            return;
        }
        try {
            var text = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            text.lines().skip(2).limit(lines).forEach(line -> {
                String[] words = line.trim().split("\\s+");
                System.out.printf(
                        "%8.2f %8.1f  %s%n",
                        Double.parseDouble(words[1]) / nodes, Double.parseDouble(words[2]) / nodes, words[3]);
            });
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
