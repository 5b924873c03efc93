package org.privatus.simulation.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Consumer;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.StatusView;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.Transit;
import org.privatus.simulation.results.CheckViolation;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.scenario.Checks;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.world.World;

/// Looks at the nodes of one shard while they run, and says which check fails where and when. What can only be judged when all
/// shards are together is left to [Judgement].
final class Watch {
    static final String NO_PLAINTEXT = "no-plaintext";
    static final String QUEUES = "queues-bounded";
    static final String RECOVERY = "recovery";
    static final String READY = "ready";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Scenario scenario;
    private final Checks checks;
    private final World world;
    private final EventLoop loop;
    private final Population population;
    private final Starts starts;
    private final Recording recording;
    private final byte[] marker = MessageText.wireMarker();
    private final BitSet ready = new BitSet();
    private long violations;

    Watch(Scenario scenario, World world, Population population, Starts starts, Recording recording) {
        this.scenario = scenario;
        this.checks = scenario.checks();
        this.world = world;
        this.loop = world.loop();
        this.population = population;
        this.starts = starts;
        this.recording = recording;
    }

    /// Schedules the looks.
    ///
    /// @param people nodes here with a person
    void begin(int[] people) {
        if (checks.noPlaintext() && scenario.people().count() > 0) {
            world.network().tap(this::lookForText);
        }
        checks.ready().ifPresent(within -> {
            for (int node : people) {
                world.after(node, readyNanos(node, within), () -> requireReady(node, within));
            }
        });
        checks.recovery().ifPresent(within -> {
            for (long ending : ScenarioProgram.endings(scenario)) {
                for (int node : people) {
                    world.after(node, ending + within.toNanos(), () -> requireCircuit(node, within));
                }
            }
        });
        if (checks.queuesBounded()) {
            beginQueues();
        }
    }

    /// Each node is asked once per interval, spread over it.
    private void beginQueues() {
        long interval = checks.interval().toNanos();
        int nodes = scenario.nodes();
        for (int node = 0; node < nodes; node++) {
            if (world.isHere(node)) {
                int number = node;
                long phase = interval / nodes * node;
                world.after(node, scenario.beginning().toNanos() + phase, () -> lookAtQueues(number));
            }
        }
    }

    private void lookAtQueues(int node) {
        if (loop.nowNanos() >= scenario.limit().toNanos()) {
            return;
        }
        if (population.isRunning(node)) {
            ask(node, status -> requireBounded(node, status));
        }
        world.after(node, checks.interval().toNanos(), () -> lookAtQueues(node));
    }

    private void requireBounded(int node, StatusView status) {
        for (StatusView.Queue queue : status.tuner().queues()) {
            recording.highest("queue." + queue.name() + ".deepest", queue.depth());
            if (queue.capacity() > 0 && queue.depth() > queue.capacity()) {
                violated(
                        QUEUES,
                        node,
                        "queue " + queue.name() + " holds " + queue.depth() + ", its limit is " + queue.capacity());
            }
        }
    }

    private void requireReady(int node, Duration within) {
        if (population.isRunning(node) && !ready.get(node)) {
            violated(
                    READY,
                    node,
                    "the person cannot be reached " + text(within) + " after it and the last other have started");
        }
    }

    private void requireCircuit(int node, Duration within) {
        if (!population.isRunning(node)) {
            return;
        }
        ask(node, status -> {
            if (status.circuits().stream().noneMatch(circuit -> circuit.state().equals("ready"))) {
                violated(RECOVERY, node, "no circuit " + text(within) + " after the end of a fault");
            }
        });
    }

    /// A person can be reached.
    void ready(int node) {
        ready.set(node);
    }

    /// Something failed in a node.
    void crashed(int node, String line) {
        recording.counter("nodes.failures", 1);
        if (checks.noCrashes()) {
            violated(CheckViolation.NO_CRASHES, node, line);
        }
    }

    private void lookForText(Transit transit) {
        byte[] bytes = transit.bytes();
        for (int at = 0; at <= bytes.length - marker.length; at++) {
            if (bytes[at] == marker[0] && isMarker(bytes, at)) {
                violated(
                        NO_PLAINTEXT,
                        transit.fromNode(),
                        "a datagram to " + transit.to() + " contains what a person wrote");
                return;
            }
        }
    }

    private boolean isMarker(byte[] bytes, int at) {
        for (int i = 1; i < marker.length; i++) {
            if (bytes[at + i] != marker[i]) {
                return false;
            }
        }
        return true;
    }

    private void violated(String check, int node, String line) {
        violations++;
        recording.violation(new CheckViolation(check, node, loop.nowNanos(), line));
    }

    long violations() {
        return violations;
    }

    /// When the last look at a person's node is due, on whatever shard: before it the run cannot be judged.
    long lastLookNanos() {
        long last = 0;
        if (checks.ready().isPresent()) {
            for (int node : population.withPerson()) {
                last = Math.max(last, readyNanos(node, checks.ready().get()));
            }
        }
        if (checks.recovery().isPresent()) {
            for (long ending : ScenarioProgram.endings(scenario)) {
                last = Math.max(last, ending + checks.recovery().get().toNanos());
            }
        }
        return last;
    }

    private long readyNanos(int node, Duration within) {
        return Math.max(scenario.lastStart().toNanos(), starts.nanos(node)) + within.toNanos();
    }

    /// Takes over what a node counted in this life, which is about to end. It answers in the same step.
    void count(int node) {
        ask(node, status -> status.counters().forEach(recording::counter));
    }

    /// Adds up what nodes count, at the moment at which the run ended: no time passes, which on several shards would be another
    /// time than on one. Looking changes nothing that is hashed.
    void finish() {
        for (String line : world.crashes()) {
            recording.counter("nodes.failures", 1);
            if (checks.noCrashes()) {
                violated(CheckViolation.NO_CRASHES, nodeOf(line), line);
            }
        }
        int first = world.map().first(world.shard());
        for (int node = first; world.isHere(node); node++) {
            if (population.isRunning(node)) {
                count(node);
            }
        }
    }

    /// A guardian's name is `node-NUMBER-LIFE`.
    private static int nodeOf(String crash) {
        String[] parts = crash.split("[-:]", 4);
        try {
            return parts.length > 2 ? Integer.parseInt(parts[1]) : EventLoop.WORLD;
        } catch (NumberFormatException e) {
            return EventLoop.WORLD;
        }
    }

    private void ask(int node, Consumer<StatusView> outcome) {
        world.<NodeGuardian.Command, ControlReply>ask(
                node,
                population.guardian(node),
                PATIENCE,
                replyTo -> new NodeGuardian.Control(new ControlRequest.Status(), replyTo),
                reply -> {
                    if (reply instanceof ControlReply.Status(var status)) {
                        outcome.accept(status);
                    }
                });
    }

    private static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / NANOS_PER_SECOND);
    }
}
