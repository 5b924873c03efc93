package org.privatus.simulation.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.privatus.node.actor.Asking;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.LoopSystem;
import org.privatus.simulation.engine.Trace;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.trace.TraceHash;

/// Nodes in virtual time. One actor system hosts them all; each has a [SimulatedHost] of its own and meets the others only
/// through the [SimulatedNetwork].
///
/// Belongs to the thread that makes it. Close it: its actors hold on to their memory otherwise.
public final class World implements AutoCloseable {
    private final WorldSettings settings;
    private final TraceHash hash;
    private final EventLoop loop;
    private final SimulatedNetwork network;
    private final LoopSystem<WorldGuardian.Command> system;
    private final Map<Integer, Life> alive = new TreeMap<>();
    private final int[] lives;
    private final List<String> crashes = new ArrayList<>();

    /// @param observers are told of every trace entry, beside the world's own hash
    public World(WorldSettings settings, Trace... observers) {
        this.settings = settings;
        this.hash = new TraceHash(settings.nodes());
        this.lives = new int[settings.nodes()];
        this.loop = new EventLoop(settings.seed(), all(hash, observers));
        this.network =
                new SimulatedNetwork(loop, settings.network(), settings.latency(), settings.seed(), settings.nodes());
        this.system = LoopSystem.start(loop, WorldGuardian.create(crashes::add), "world");
    }

    private static Trace all(Trace first, Trace... others) {
        if (others.length == 0) {
            return first;
        }
        return (node, time, kind, detail) -> {
            first.record(node, time, kind, detail);
            for (Trace other : others) {
                other.record(node, time, kind, detail);
            }
        };
    }

    /// Starts a node now.
    ///
    /// @param program makes the node's guardian from the host it shall use
    /// @return the guardian, already started
    public <T> ActorRef<T> start(int node, Function<SimulatedHost, Behavior<T>> program) {
        if (alive.containsKey(node)) {
            throw new IllegalStateException("node " + node + " is running");
        }
        int life = lives[node]++;
        var host = new SimulatedHost(loop, network, settings.suite(), settings.costs(), settings.seed(), node, life);
        var started = new AtomicReference<ActorRef<T>>();
        String name = "node-" + node + "-" + life;
        loop.runAs(node, () -> root().tell(new WorldGuardian.Start<>(name, program.apply(host), started::set)));
        ActorRef<T> guardian = started.get();
        alive.put(node, new Life(host, guardian));
        return guardian;
    }

    /// Starts an actor of the scenario, beside the nodes: it is told things by them and does nothing to them.
    public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        ActorRef<T> spawned = system.system().systemActorOf(behavior, name, Props.empty());
        loop.drain();
        return spawned;
    }

    /// Ends a node as SIGKILL does: its machine first, so that nothing its actors do while they are cleared away has any effect.
    public void kill(int node) {
        remove(node, true);
    }

    /// Ends a node as a clean stop of its actors does.
    public void stop(int node) {
        remove(node, false);
    }

    private void remove(int node, boolean sever) {
        Life life = alive.remove(node);
        if (life == null) {
            throw new IllegalStateException("node " + node + " is not running");
        }
        loop.runAs(node, () -> {
            if (sever) {
                life.host.sever();
            }
            root().tell(new WorldGuardian.Stop(life.guardian));
        });
        life.host.sever();
    }

    public boolean isRunning(int node) {
        return alive.containsKey(node);
    }

    /// Sends a message to an actor of `node` in a step of that node.
    public <T> void tell(int node, ActorRef<T> to, T message) {
        loop.runAs(node, () -> to.tell(message));
    }

    /// Asks an actor of `node`; `outcome` is called in a later step of that node with the answer, or not at all when none comes
    /// within the (virtual) time-out.
    public <Q, R> void ask(
            int node, ActorRef<Q> to, Duration timeout, Function<ActorRef<R>, Q> request, Consumer<R> outcome) {
        loop.runAs(node, () -> {
            var _ = Asking.ask(system.system(), to, timeout, request).thenAccept(outcome);
        });
    }

    /// Does something later, in a step of the scenario.
    public void after(Duration delay, Runnable action) {
        loop.after(delay.toNanos(), EventLoop.WORLD, EventKind.SCENARIO, action);
    }

    /// Lets virtual time pass.
    public void run(Duration time) {
        loop.runUntil(loop.nowNanos() + time.toNanos());
    }

    public EventLoop loop() {
        return loop;
    }

    /// The system that hosts all nodes; only for the loop's thread.
    public ActorSystem<?> actorSystem() {
        return system.system();
    }

    public SimulatedNetwork network() {
        return network;
    }

    public TraceHash hash() {
        return hash;
    }

    public WorldSettings settings() {
        return settings;
    }

    /// Guardians that died of a failure, with their failures: empty in a sound run.
    public List<String> crashes() {
        return List.copyOf(crashes);
    }

    @Override
    public void close() {
        system.close();
    }

    private ActorRef<WorldGuardian.Command> root() {
        return system.system();
    }

    private record Life(SimulatedHost host, ActorRef<?> guardian) {}
}
