package org.privatus.simulation.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.privatus.simulation.host.ComputeCosts;
import org.privatus.simulation.kad.Kad1;
import org.privatus.simulation.kad.Kad1Settings;
import org.privatus.simulation.kad.LookupTally;
import org.privatus.simulation.network.KademliaWorkloadLatency;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// The program of one measuring process: a small run so that the code is compiled, then `rounds` runs of the size that is asked for. Each prints one line
/// of JSON, a [Kad1Measurement].
final class Kad1Round {
    private static final int FEW_NODES = 30;
    private static final int IDLE_NODES_MOST = 100_000;
    private static final int WARM_UP_NODES = 1_000;
    private static final int WARM_UP_LOOKUPS = 10_000;
    private static final long SEED = 7;
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private Kad1Round() {}

    /// Runs what the arguments say, after a warm-up, and prints a line of JSON for each round.
    ///
    /// @param arguments nodes, lookups, α, rounds
    public static void main(String[] arguments) throws IOException {
        int nodes = Integer.parseInt(arguments[0]);
        int lookups = Integer.parseInt(arguments[1]);
        int parallelism = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        heapWith(FEW_NODES, parallelism); // loads classes
        long few = heapWith(FEW_NODES, parallelism);
        int idle = Math.min(nodes, IDLE_NODES_MOST);
        long bytes = (heapWith(idle, parallelism) - few) / (idle - FEW_NODES);
        run(WARM_UP_NODES, WARM_UP_LOOKUPS, parallelism, bytes);
        var mapper = new ObjectMapper();
        for (int round = 0; round < rounds; round++) {
            System.out.println(mapper.writeValueAsString(run(nodes, lookups, parallelism, bytes)));
        }
    }

    private static Kad1Measurement run(int nodes, int lookups, int parallelism, long bytes) {
        double begun = cpuSeconds();
        try (var world = new World(settings(nodes))) {
            var workload = new Kad1(world, Kad1Settings.of(parallelism));
            workload.start();
            double setup = cpuSeconds() - begun;
            workload.look(lookups, INTERVAL.toNanos());
            Duration time = INTERVAL.multipliedBy(lookups).plus(DRAIN);
            return measured(world, workload.tally(), parallelism, time, setup, bytes);
        }
    }

    /// What is on the heap with so many nodes in converged tables. To be asked before anything was looked up: parts of a world that
    /// was busy may outlive it.
    private static long heapWith(int nodes, int parallelism) {
        try (var world = new World(settings(nodes))) {
            var workload = new Kad1(world, Kad1Settings.of(parallelism));
            workload.start();
            long bytes = heap();
            workload.look(0, INTERVAL.toNanos()); // it is alive until here
            return bytes;
        }
    }

    private static WorldSettings settings(int nodes) {
        return WorldSettings.of(nodes, SEED, new StubSuite())
                .withLatency(new KademliaWorkloadLatency())
                .withNetwork(NetworkSettings.PERFECT)
                .withCosts(ComputeCosts.FREE);
    }

    private static Kad1Measurement measured(
            World world, LookupTally tally, int parallelism, Duration time, double setup, long bytes) {
        long events = world.loop().eventCount();
        long allocated = allocated();
        double collected = collectionSeconds();
        double cpu = cpuSeconds();
        long wall = System.nanoTime();
        world.run(time);
        double wallSeconds = (System.nanoTime() - wall) / NANOS_PER_SECOND;
        double cpuSeconds = cpuSeconds() - cpu;
        double requests = tally.requestsPerLookup() * tally.ended();
        return new Kad1Measurement(
                world.settings().nodes(),
                parallelism,
                tally.ended(),
                tally.requestsPerLookup(),
                tally.depth(),
                tally.meanLatencyMillis(),
                tally.success(),
                world.hash().toString(),
                world.loop().eventCount() - events,
                bytes,
                setup,
                wallSeconds,
                cpuSeconds,
                collectionSeconds() - collected,
                (allocated() - allocated) / requests);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / NANOS_PER_SECOND;
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    private static double collectionSeconds() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return millis / MILLIS_PER_SECOND;
    }

    /// Twice: what the first collection only clears goes with the second.
    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
