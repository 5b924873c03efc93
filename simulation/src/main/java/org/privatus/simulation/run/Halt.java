package org.privatus.simulation.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.StatusView;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.shard.Program;
import org.privatus.simulation.trace.Breakpoint;
import org.privatus.simulation.trace.TraceEntry;
import org.privatus.simulation.world.World;

/// Stops a run of one shard after a step, and asks the nodes how they are then: that step's node in full, up to [#OTHERS_MOST]
/// others in short, who caused the step first.
public final class Halt {
    /// Nodes that are looked at beside the one.
    public static final int OTHERS_MOST = 1_000;

    /// Events to come that are kept of the node.
    public static final int COMING_MOST = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Whoever answers later than this after the step counts as silent.
    private static final Duration ANSWERED_WITHIN = Duration.ofMillis(1);

    private final Breakpoint breakpoint;
    private final List<TraceEntry> coming = new ArrayList<>();
    private final List<NodeSketch> others = new ArrayList<>();
    private Optional<TraceEntry> event = Optional.empty();
    private Optional<StatusView> status = Optional.empty();
    private long number;
    private int nodes;
    private int pending;

    public Halt(Breakpoint breakpoint) {
        this.breakpoint = breakpoint;
    }

    /// Watches the steps of `world`, whose program then is the one that is returned.
    Program in(World world, Program program) {
        nodes = world.map().nodes();
        world.observe((node, timeNanos, kind, detail) -> passed(world.loop(), node, timeNanos, kind, detail));
        return new Halting(world, program);
    }

    private void passed(EventLoop loop, int node, long timeNanos, EventKind kind, long detail) {
        if (event.isEmpty() && kind.isStep() && breakpoint.isAt(loop.eventCount(), node, timeNanos, detail)) {
            event = Optional.of(new TraceEntry(node, timeNanos, kind, detail));
            number = loop.eventCount();
            loop.halt();
        }
    }

    private void look(World world, TraceEntry at) {
        int[] waiting = new int[nodes];
        world.loop().pending((node, timeNanos, kind, detail) -> {
            if (node != EventLoop.WORLD) {
                waiting[node]++;
            }
            if (node == at.node()) {
                coming.add(new TraceEntry(node, timeNanos, kind, detail));
            }
        });
        coming.sort(Comparator.comparingLong(TraceEntry::timeNanos).thenComparingLong(TraceEntry::detail));
        pending = coming.size();
        coming.subList(Math.min(COMING_MOST, pending), pending).clear();
        ask(world, at.node(), view -> status = Optional.of(view));
        for (int node : chosen(at)) {
            lookAt(world, node, waiting[node]);
        }
        world.run(ANSWERED_WITHIN);
        others.sort(Comparator.comparingInt(NodeSketch::node));
    }

    /// The others to look at, without the node itself.
    private SequencedSet<Integer> chosen(TraceEntry at) {
        var chosen = new LinkedHashSet<Integer>();
        int cause = EventKind.causeIn(at.detail());
        if (cause != EventLoop.WORLD && cause != at.node()) {
            chosen.add(cause);
        }
        for (int node = 0; node < nodes && chosen.size() < OTHERS_MOST; node++) {
            if (node != at.node()) {
                chosen.add(node);
            }
        }
        return chosen;
    }

    private void lookAt(World world, int node, int waiting) {
        int place = others.size();
        others.add(NodeSketch.silent(node, world.guardian(node).isPresent(), waiting));
        ask(world, node, view -> others.set(place, NodeSketch.of(node, view, waiting)));
    }

    private static void ask(World world, int node, Consumer<StatusView> outcome) {
        world.guardian(node).ifPresent(guardian -> {
            ActorRef<NodeGuardian.Command> asked = guardian.unsafeUpcast();
            world.<NodeGuardian.Command, ControlReply>ask(
                    node,
                    asked,
                    PATIENCE,
                    replyTo -> new NodeGuardian.Control(new ControlRequest.Status(), replyTo),
                    reply -> {
                        if (reply instanceof ControlReply.Status(var view)) {
                            outcome.accept(view);
                        }
                    });
        });
    }

    /// Where the run stopped; empty when it came to its end before.
    public Optional<TraceEntry> event() {
        return event;
    }

    /// How many steps the run took, that one included.
    public long number() {
        return number;
    }

    /// How the step's node was after it; empty when it did not run any more, or the step was no node's.
    public Optional<StatusView> status() {
        return status;
    }

    /// How many events the node had before it.
    public int pending() {
        return pending;
    }

    /// The next of them.
    public List<TraceEntry> coming() {
        return List.copyOf(coming);
    }

    /// The others, in the order of their numbers.
    public List<NodeSketch> others() {
        return List.copyOf(others);
    }

    /// Nodes of the run.
    public int nodes() {
        return nodes;
    }

    /// The program, with a look at the nodes before it sums up.
    private final class Halting implements Program {
        private final World world;
        private final Program program;

        private Halting(World world, Program program) {
            this.world = world;
            this.program = program;
        }

        @Override
        public void begin() {
            program.begin();
        }

        @Override
        public long[] totals() {
            return program.totals();
        }

        @Override
        public boolean over(long nowNanos, long[] totals) {
            return program.over(nowNanos, totals);
        }

        @Override
        public Recording finish() {
            event.ifPresent(at -> look(world, at));
            return program.finish();
        }
    }
}
