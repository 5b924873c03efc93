package org.privatus.simulation.scenario;

import java.security.SecureRandom;
import java.util.ArrayList;
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
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.settings.NodeSettings;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.SimulatedSecureRandom;
import org.privatus.simulation.store.Journal;
import org.privatus.simulation.store.JournalStore;
import org.privatus.simulation.world.World;

/// The nodes of a run: who they are, what is on their disks, and their guardians while they run. Killed and started again, a node
/// has its identity and its disk, and nothing else.
public final class Population {
    /// Laboratory rules would let nodes dial private addresses; nothing here needs it, but the puzzle is left out.
    private static final NetworkId NETWORK = NetworkId.DEV;

    private static final int SEEDS = 8;
    private static final int SEEDS_ASKED = 3;
    private static final long SYNC_NANOS = 2_000_000;

    private final World world;
    private final CryptoSuite suite;
    private final IntFunction<NodeSettings> settings;
    private final BitSet carriers = new BitSet();
    private final BiConsumer<Integer, NodeEvent> events;
    private final Map<Integer, Machine> machines = new TreeMap<>();

    /// @param events is told what a node tells its surroundings, in a step of that node
    public Population(World world, NodeSettings settings, int people, BiConsumer<Integer, NodeEvent> events) {
        this(world, node -> settings, people, events);
    }

    /// A population whose nodes differ in their settings.
    ///
    /// @param settings of each node
    /// @param events as above
    public Population(
            World world, IntFunction<NodeSettings> settings, int people, BiConsumer<Integer, NodeEvent> events) {
        this.world = world;
        this.suite = world.settings().suite();
        this.settings = settings;
        for (int person = 0; person < people; person++) {
            carriers.set((int) ((long) person * world.settings().nodes() / people));
        }
        this.events = events;
    }

    /// What of a node outlives its process.
    private static final class Machine {
        private final NodeIdentity identity;
        private final Optional<PersonIdentity> person;
        private final Journal journal = new Journal();
        private OnionKeys onionKeys;
        private Optional<ActorRef<NodeGuardian.Command>> guardian = Optional.empty();
        private Optional<JournalStore> store = Optional.empty();

        Machine(NodeIdentity identity, Optional<PersonIdentity> person, OnionKeys onionKeys) {
            this.identity = identity;
            this.person = person;
            this.onionKeys = onionKeys;
        }
    }

    /// Nodes that carry a person, spread evenly over all.
    public List<Integer> withPerson() {
        return carriers.stream().boxed().toList();
    }

    public void start(int node) {
        Machine machine = machine(node);
        machine.guardian = Optional.of(world.start(node, host -> guardian(node, machine, host)));
    }

    /// Ends a node as SIGKILL does; what its store had not synced is lost.
    public void kill(int node) {
        Machine machine = machine(node);
        machine.store.ifPresent(JournalStore::crash);
        machine.guardian = Optional.empty();
        world.kill(node);
    }

    /// The guardian of a node.
    ///
    /// @throws IllegalStateException when the node does not run
    public ActorRef<NodeGuardian.Command> guardian(int node) {
        return machine(node).guardian.orElseThrow(() -> new IllegalStateException("node " + node + " is not running"));
    }

    public boolean isRunning(int node) {
        return world.isRunning(node);
    }

    /// How people write to the person on `node`.
    public PersonAddress addressOf(int node) {
        return machine(node)
                .person
                .orElseThrow(() -> new IllegalArgumentException("node " + node + " has no person"))
                .address(NETWORK);
    }

    public NodeIdentity identityOf(int node) {
        return machine(node).identity;
    }

    private Behavior<NodeGuardian.Command> guardian(int node, Machine machine, SimulatedHost host) {
        machine.store = machine.person.map(person -> store(node, machine.journal));
        var spec = new NodeSpec(
                NETWORK,
                machine.identity,
                machine.onionKeys,
                machine.person.map(person -> new NodeSpec.Person(person, machine.store.orElseThrow())),
                SimulatedNetwork.endpointOf(node),
                bootstrap(node),
                settings.apply(node));
        return Behaviors.setup(context -> {
            ActorRef<NodeEvent> observer = context.spawn(observer(node, machine), "observer");
            return NodeGuardian.create(spec, host, observer);
        });
    }

    private Behavior<NodeEvent> observer(int node, Machine machine) {
        return Behaviors.receiveMessage(event -> {
            if (event instanceof NodeEvent.OnionKeysRotated(var keys)) {
                machine.onionKeys = keys;
            }
            events.accept(node, event);
            return Behaviors.same();
        });
    }

    private JournalStore store(int node, Journal journal) {
        EventLoop loop = world.loop();
        return new JournalStore(journal, sync -> loop.after(SYNC_NANOS, node, EventKind.STORED, sync));
    }

    /// Some of the first nodes, which started before.
    private List<Contact> bootstrap(int node) {
        int known = Math.min(SEEDS, node);
        var random = CounterRandom.of(world.settings().seed(), node, "bootstrap", 0);
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < Math.min(SEEDS_ASKED, known); i++) {
            int seed = known <= SEEDS_ASKED ? i : random.nextInt(known);
            Contact contact = machine(seed).identity.contact(SimulatedNetwork.endpointOf(seed), Contact.RELAYS);
            if (!contacts.contains(contact)) {
                contacts.add(contact);
            }
        }
        return contacts;
    }

    private Machine machine(int node) {
        Machine known = machines.get(node);
        if (known == null) {
            known = newMachine(node);
            machines.put(node, known);
        }
        return known;
    }

    private Machine newMachine(int node) {
        SecureRandom keys =
                new SimulatedSecureRandom(CounterRandom.of(world.settings().seed(), node, "identity", 0));
        Optional<PersonIdentity> person =
                carriesPerson(node) ? Optional.of(PersonIdentity.generate(suite, keys)) : Optional.empty();
        return new Machine(
                NodeIdentity.generate(suite, keys, NETWORK.puzzleBits()),
                person,
                OnionKeys.generate(suite, keys, EventLoop.EPOCH_MILLIS));
    }

    public boolean carriesPerson(int node) {
        return carriers.get(node);
    }
}
