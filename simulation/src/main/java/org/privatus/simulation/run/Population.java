package org.privatus.simulation.run;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.settings.NodeSettings;
import org.privatus.onion.path.PathMemory;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.network.NatMix;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.store.Journal;
import org.privatus.simulation.store.JournalStore;
import org.privatus.simulation.world.Identities;
import org.privatus.simulation.world.World;

/// The nodes of one shard: what is on their disks, and their guardians while they run. Killed and started again, a node has its
/// identity and its disk, and nothing else.
///
/// A node without a person and without anything on its disk costs a reference here.
public final class Population {
    private static final long SYNC_NANOS = 2_000_000;

    /// Where a node behind a box listens: it does not know its address.
    private static final Endpoint INNER = Endpoint.parse("0.0.0.0:" + SimulatedNetwork.DEFAULT_PORT);

    private final World world;
    private final Identities identities;
    private final NatMix.Dealt boxes;
    private final IntFunction<NodeSettings> settings;
    private final BitSet carriers;
    private final Surroundings surroundings;
    private final BiConsumer<Integer, NodeEvent> events;
    private final ActorRef<NodeEvent> observer;
    private final int first;
    private final @Nullable ActorRef<NodeGuardian.Command>[] guardians;
    private final Map<Integer, Machine> machines = new TreeMap<>();

    /// A population in which all are alike and sound.
    ///
    /// @param people how many of all nodes carry a person
    /// @param events is told what a node tells its surroundings, in a step of that node
    public Population(World world, NodeSettings settings, int people, BiConsumer<Integer, NodeEvent> events) {
        this(world, node -> settings, people, events);
    }

    /// A population whose nodes differ in their settings.
    public Population(
            World world, IntFunction<NodeSettings> settings, int people, BiConsumer<Integer, NodeEvent> events) {
        this(
                world,
                settings,
                spread(people, world.map().nodes()),
                Surroundings.ordinary(world.settings().suite(), world.settings().seed()),
                events);
    }

    /// A population of a scenario.
    ///
    /// @param settings of each node
    /// @param carriers nodes with a person
    /// @param surroundings what is around nodes, sound or not
    /// @param events as above
    @SuppressWarnings({"unchecked", "rawtypes"})
    Population(
            World world,
            IntFunction<NodeSettings> settings,
            BitSet carriers,
            Surroundings surroundings,
            BiConsumer<Integer, NodeEvent> events) {
        this.world = world;
        this.identities = Identities.of(world.settings());
        this.boxes = world.settings().network().nat().dealt(world.settings().seed());
        this.settings = settings;
        this.carriers = carriers;
        this.surroundings = surroundings;
        this.events = events;
        this.first = world.map().first(world.shard());
        this.guardians = new ActorRef[world.map().end(world.shard()) - first];
        this.observer = world.spawn(observer(), "observer");
    }

    /// `people` of `nodes`, evenly.
    static BitSet spread(int people, int nodes) {
        var carriers = new BitSet();
        for (int person = 0; person < people; person++) {
            carriers.set((int) ((long) person * nodes / people));
        }
        return carriers;
    }

    /// What of a node outlives its process, once there is something.
    private static final class Machine {
        private Journal journal = new Journal();
        private @Nullable OnionKeys onionKeys;
        private PathMemory paths = PathMemory.EMPTY;
        private @Nullable JournalStore store;
    }

    /// Nodes that carry a person, on any shard, in order.
    public List<Integer> withPerson() {
        return carriers.stream().boxed().toList();
    }

    public void start(int node) {
        guardians[node - first] = world.start(node, host -> guardian(node, host));
    }

    /// Ends a node as SIGKILL does; what its store had not synced is lost.
    public void kill(int node) {
        Machine machine = machines.get(node);
        if (machine != null && machine.store != null) {
            machine.store.crash();
        }
        guardians[node - first] = null;
        world.kill(node);
    }

    /// Ends a node as its user does: it closes its links. To be followed by [#remove].
    public void sayGoodbye(int node) {
        world.tell(node, guardian(node), new NodeGuardian.Stop());
        guardians[node - first] = null;
    }

    /// Takes away a node that said good-bye.
    public void remove(int node) {
        world.kill(node);
    }

    /// Makes the disk of a node that does not run empty.
    public void wipe(int node) {
        machines.remove(node);
    }

    /// The guardian of a node.
    ///
    /// @throws IllegalStateException when the node does not run
    public ActorRef<NodeGuardian.Command> guardian(int node) {
        ActorRef<NodeGuardian.Command> guardian = guardians[node - first];
        if (guardian == null) {
            throw new IllegalStateException("node " + node + " is not running");
        }
        return guardian;
    }

    public boolean isRunning(int node) {
        return guardians[node - first] != null;
    }

    /// How people write to the person on `node`, on this shard or another.
    public PersonAddress addressOf(int node) {
        if (!carriers.get(node)) {
            throw new IllegalArgumentException("node " + node + " has no person");
        }
        return identities.ofPerson(node).address(Identities.NETWORK);
    }

    private Behavior<NodeGuardian.Command> guardian(int node, SimulatedHost host) {
        var spec = new NodeSpec(
                Identities.NETWORK,
                surroundings.identity(node),
                onionKeys(node),
                carriers.get(node)
                        ? Optional.of(new NodeSpec.Person(identities.ofPerson(node), store(node)))
                        : Optional.empty(),
                boxes.isOpen(node) ? SimulatedNetwork.endpointOf(node) : INNER,
                identities.bootstrap(node),
                settings.apply(node),
                paths(node));
        return surroundings.guardian(node, host, altered -> NodeGuardian.create(spec, altered, observer));
    }

    private OnionKeys onionKeys(int node) {
        Machine machine = machines.get(node);
        return machine == null || machine.onionKeys == null ? identities.onionKeys(node) : machine.onionKeys;
    }

    private PathMemory paths(int node) {
        Machine machine = machines.get(node);
        return machine == null ? PathMemory.EMPTY : machine.paths;
    }

    /// One actor hears all nodes: it is told in the step of the node that speaks.
    private Behavior<NodeEvent> observer() {
        EventLoop loop = world.loop();
        return Behaviors.receiveMessage(event -> {
            int node = loop.currentNode();
            if (event instanceof NodeEvent.OnionKeysRotated(var keys)) {
                machine(node).onionKeys = keys;
            } else if (event instanceof NodeEvent.PathsChanged(var memory)) {
                machine(node).paths = memory;
            }
            events.accept(node, event);
            return Behaviors.same();
        });
    }

    private JournalStore store(int node) {
        EventLoop loop = world.loop();
        Machine machine = machine(node);
        var store = new JournalStore(machine.journal, sync -> loop.after(SYNC_NANOS, node, EventKind.STORED, sync));
        machine.store = store;
        return store;
    }

    private Machine machine(int node) {
        return machines.computeIfAbsent(node, unknown -> new Machine());
    }
}
