package org.privatus.simulation.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.engine.Trace;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.network.Uplink;
import org.privatus.simulation.trace.TraceHash;

/// The nodes of one shard in virtual time, or all. One actor system hosts them; each has a [SimulatedHost] of its own and meets the others only
/// through the [SimulatedNetwork].
///
/// Belongs to the thread that makes it. Close it: its actors hold on to their memory otherwise.
public final class World implements AutoCloseable {
    private final WorldSettings settings;
    private final ShardMap map;
    private final int shard;
    private final int first;
    private final TraceHash hash;
    private final Observers observers;
    private final EventLoop loop;
    private final SimulatedNetwork network;
    private final LoopSystem<WorldGuardian.Command> system;
    private final Map<Integer, Life> alive = new TreeMap<>();
    private final int[] lives;
    private final List<String> crashes = new ArrayList<>();

    /// All nodes on one loop.
    ///
    /// @param observers are told of every trace entry, beside the world's own hash
    public World(WorldSettings settings, Trace... observers) {
        this(settings, ShardMap.one(settings.nodes()), 0, Uplink.NONE, observers);
    }

    /// The nodes of one shard.
    ///
    /// @param uplink takes datagrams for nodes of other shards
    public World(WorldSettings settings, ShardMap map, int shard, Uplink uplink, Trace... observers) {
        if (map.nodes() != settings.nodes()) {
            throw new IllegalArgumentException("a map of " + map.nodes() + " nodes for " + settings.nodes());
        }
        this.settings = settings;
        this.map = map;
        this.shard = shard;
        this.first = map.first(shard);
        this.hash = new TraceHash(first, map.end(shard));
        this.observers = new Observers(hash, observers);
        this.lives = new int[map.end(shard) - first];
        this.loop = new EventLoop(settings.seed(), this.observers, settings.epochMillis());
        this.network = new SimulatedNetwork(loop, settings.network(), settings.seed(), map, shard, uplink);
        this.system = LoopSystem.start(loop, WorldGuardian.create(crashes::add), "world");
    }

    /// Tells `observer` of every trace entry of this shard from now on.
    public void observe(Trace observer) {
        observers.add(observer);
    }

    /// Whether a node is one of this shard.
    public boolean isHere(int node) {
        return node >= first && node - first < lives.length;
    }

    public ShardMap map() {
        return map;
    }

    public int shard() {
        return shard;
    }

    /// Starts a node now.
    ///
    /// @param program makes the node's guardian from the host it shall use
    /// @return the guardian, already started
    public <T> ActorRef<T> start(int node, Function<SimulatedHost, Behavior<T>> program) {
        if (!isHere(node) || alive.containsKey(node)) {
            throw new IllegalStateException("node " + node + (isHere(node) ? " is running" : " is of another shard"));
        }
        int life = lives[node - first]++;
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
        Life life = alive.remove(node);
        if (life == null) {
            throw new IllegalStateException("node " + node + " is not running");
        }
        loop.runAs(node, () -> {
            life.host.sever();
            root().tell(new WorldGuardian.Stop(life.guardian));
        });
    }

    /// The guardian of a node that runs here.
    public Optional<ActorRef<?>> guardian(int node) {
        return Optional.ofNullable(alive.get(node)).map(Life::guardian);
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

    /// Does something with `node` later, in a step of that node. It causes the event and owns it, so that it takes place alike
    /// whatever shard the node is on.
    public void after(int node, long delayNanos, Runnable action) {
        if (loop.currentNode() == node) {
            loop.after(delayNanos, node, EventKind.SCENARIO, action);
        } else {
            loop.runAs(node, () -> loop.after(delayNanos, node, EventKind.SCENARIO, action));
        }
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

    private static final class Observers implements Trace {
        private final TraceHash hash;
        private Trace[] others;

        Observers(TraceHash hash, Trace... others) {
            this.hash = hash;
            this.others = others.clone();
        }

        void add(Trace other) {
            others = Arrays.copyOf(others, others.length + 1);
            others[others.length - 1] = other;
        }

        @Override
        public void record(int node, long timeNanos, EventKind kind, long detail) {
            hash.record(node, timeNanos, kind, detail);
            for (Trace other : others) {
                other.record(node, timeNanos, kind, detail);
            }
        }
    }
}
