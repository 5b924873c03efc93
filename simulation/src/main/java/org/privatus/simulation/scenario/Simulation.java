package org.privatus.simulation.scenario;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.simulation.engine.Trace;
import org.privatus.simulation.suite.StubSuite;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// One run: nodes start one after the other, people fill their address books and write, and when they have stopped the run goes
/// on until everything has arrived or patience is over.
public final class Simulation implements AutoCloseable {
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration ACKNOWLEDGEMENT_PATIENCE = Duration.ofSeconds(15);
    private static final Duration STATUS_PATIENCE = Duration.ofSeconds(20);
    private static final double NANOS_PER_SECOND = 1e9;

    private final SimulationOptions options;
    private final World world;
    private final Population population;
    private final Correspondence correspondence;
    private final Deliveries deliveries = new Deliveries();
    private final TreeSet<Integer> ready = new TreeSet<>();
    private final TreeSet<Integer> joined = new TreeSet<>();
    private final List<String> crashes = new ArrayList<>();

    /// Makes the world of a run, at time 0 with no node started.
    ///
    /// @param observers are told of every event
    public Simulation(SimulationOptions options, Trace... observers) {
        this.options = options;
        CryptoSuite suite = options.realCrypto() ? new StandardSuite() : new StubSuite();
        var settings = WorldSettings.of(options.nodes(), options.seed(), suite);
        this.world =
                new World(settings.withNetwork(settings.network().settings().withLoss(options.loss())), observers);
        this.population = new Population(world, ScenarioSettings.load(options), options.people(), this::onEvent);
        this.correspondence = new Correspondence(world, population, options, deliveries);
        for (int node = 0; node < options.nodes(); node++) {
            scheduleStart(node);
        }
        Duration books = options.startSpread();
        correspondence.begin(books, options.duration());
    }

    /// Runs to the end and reports.
    public static SimulationReport run(SimulationOptions options, Progress progress, Trace... observers) {
        try (var simulation = new Simulation(options, observers)) {
            return simulation.run(progress);
        }
    }

    public World world() {
        return world;
    }

    public Population population() {
        return population;
    }

    public Deliveries.Summary messages() {
        return deliveries.summary();
    }

    /// Starts a node that was killed.
    public void restart(int node) {
        start(node);
    }

    private void scheduleStart(int node) {
        Duration when = options.startSpread().multipliedBy(node).dividedBy(options.nodes());
        world.after(when, () -> start(node));
    }

    private void start(int node) {
        population.start(node);
        if (population.carriesPerson(node)) {
            correspondence.follow(node);
        }
    }

    private void onEvent(int node, NodeEvent event) {
        switch (event) {
            case NodeEvent.Ready _ -> ready.add(node);
            case NodeEvent.Joined _ -> joined.add(node);
            case NodeEvent.Crashed(var child) -> crashes.add("node " + node + ": " + child);
            case NodeEvent.ListenFailed(var reason) -> crashes.add("node " + node + ": " + reason);
            case NodeEvent.Listening _, NodeEvent.Unreachable _, NodeEvent.ContactsKnown _ -> {}
            case NodeEvent.OnionKeysRotated _ -> {}
        }
    }

    /// Lets the whole scenario happen.
    public SimulationReport run(Progress progress) {
        long wallStart = System.nanoTime();
        long cpuStart = cpuNanos();
        long end = options.duration().toNanos();
        long limit = end + options.patience().toNanos();
        while (now() < end || (!deliveries.isComplete() && now() < limit)) {
            world.run(SLICE);
            progress.reached(Duration.ofNanos(now()), options.duration(), now() < end ? "" : "waiting for the last");
        }
        long last = now() + ACKNOWLEDGEMENT_PATIENCE.toNanos();
        while (!deliveries.isAcknowledged() && now() < last) {
            world.run(SLICE);
        }
        double wall = (System.nanoTime() - wallStart) / NANOS_PER_SECOND;
        double cpu = (cpuNanos() - cpuStart) / NANOS_PER_SECOND;
        return report(wall, cpu);
    }

    private SimulationReport report(double wall, double cpu) {
        String hash = world.hash().toString();
        double simulated = now() / NANOS_PER_SECOND;
        long events = world.loop().eventCount();
        var died = new ArrayList<>(crashes);
        died.addAll(world.crashes());
        return new SimulationReport(
                options,
                options.people(),
                ready.size(),
                joined.size(),
                deliveries.summary(),
                world.network().statistics(),
                counters(),
                died,
                simulated,
                events,
                hash,
                new SimulationReport.Cost(wall, cpu, events / wall, simulated / wall, heapPerNode()));
    }

    /// Asked after the hash was taken, so that looking changes nothing.
    private SortedMap<String, Long> counters() {
        var sums = new TreeMap<String, Long>();
        for (int node = 0; node < options.nodes(); node++) {
            if (population.isRunning(node)) {
                askCounters(node, sums);
            }
        }
        world.run(STATUS_PATIENCE);
        return sums;
    }

    private void askCounters(int node, SortedMap<String, Long> sums) {
        world.<NodeGuardian.Command, ControlReply>ask(
                node,
                population.guardian(node),
                STATUS_PATIENCE,
                replyTo -> new NodeGuardian.Control(new ControlRequest.Status(), replyTo),
                reply -> {
                    if (reply instanceof ControlReply.Status(var status)) {
                        status.counters().forEach((name, value) -> sums.merge(name, value, Long::sum));
                    }
                });
    }

    private long heapPerNode() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / options.nodes();
    }

    private long now() {
        return world.loop().nowNanos();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        world.close();
    }
}
