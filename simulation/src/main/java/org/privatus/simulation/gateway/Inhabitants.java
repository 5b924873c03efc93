package org.privatus.simulation.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.NatMix;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.store.Journal;
import org.privatus.simulation.store.JournalStore;
import org.privatus.simulation.world.Identities;
import org.privatus.simulation.world.World;

/// The simulated nodes of a gateway and the people on some of them. Who they are follows from the seed: another run with the
/// same seed has the same people at the same addresses.
final class Inhabitants {
    private static final Endpoint ANYWHERE = Endpoint.parse("0.0.0.0:0");
    private static final int BOOTSTRAP_MAX = 8;
    private static final long SYNC_NANOS = 2_000_000;

    private final World world;
    private final Identities identities;
    private final NodeSettings settings;
    private final int nodes;
    private final int people;
    private final TreeMap<Integer, Contact> seeds = new TreeMap<>();
    private final TreeSet<Integer> ready = new TreeSet<>();
    private final List<String> crashes = new ArrayList<>();

    /// @param nodes the first numbers of the world
    /// @param people spread evenly over the nodes
    Inhabitants(World world, NodeSettings settings, int nodes, int people) {
        this.world = world;
        this.identities =
                new Identities(world.settings().suite(), world.settings().seed());
        this.settings = settings;
        this.nodes = nodes;
        this.people = people;
        NetworkModel network = world.settings().network();
        NatMix.Dealt boxes = network.nat().dealt(world.settings().seed());
        for (int node = 0; node < nodes && seeds.size() < BOOTSTRAP_MAX; node++) {
            if (boxes.isOpen(node)) {
                seeds.put(
                        node,
                        identities.ofNode(node).contact(network.addresses().endpoint(node), Contact.RELAYS));
            }
        }
        if (seeds.isEmpty()) {
            throw UserError.usage("nobody in the scenario has a public address: there is nobody to join by");
        }
    }

    /// Starts a node, now.
    ActorRef<NodeGuardian.Command> start(int node) {
        return world.start(
                node,
                host -> Behaviors.setup(context -> {
                    ActorRef<NodeEvent> observer = context.spawn(observer(node), "observer");
                    return NodeGuardian.create(spec(node), host, observer);
                }));
    }

    /// Nodes that carry a person.
    List<Integer> withPerson() {
        var carriers = new ArrayList<Integer>();
        for (int person = 0; person < people; person++) {
            carriers.add((int) ((long) person * nodes / people));
        }
        return carriers;
    }

    /// How to write to the person on a node.
    String addressOf(int node) {
        return identities.ofPerson(node).address(Identities.NETWORK).encode();
    }

    /// How to join through one of the nodes.
    String joinAddress() {
        return JoinAddress.of(Identities.NETWORK, seeds.firstEntry().getValue()).encode();
    }

    /// People who can be reached.
    int ready() {
        return ready.size();
    }

    /// What failed in nodes, for people to read.
    List<String> crashes() {
        return List.copyOf(crashes);
    }

    private NodeSpec spec(int node) {
        return new NodeSpec(
                Identities.NETWORK,
                identities.ofNode(node),
                identities.onionKeys(node, world.settings().epochMillis()),
                withPerson().contains(node)
                        ? Optional.of(new NodeSpec.Person(identities.ofPerson(node), store(node)))
                        : Optional.empty(),
                ANYWHERE,
                bootstrap(node),
                settings);
    }

    /// Those of the first nodes that strangers can reach; the first of all joins nobody.
    private List<Contact> bootstrap(int node) {
        return List.copyOf((seeds.containsKey(node) ? seeds.headMap(node) : seeds).values());
    }

    private Behavior<NodeEvent> observer(int node) {
        return Behaviors.receiveMessage(event -> {
            switch (event) {
                case NodeEvent.Ready _ -> ready.add(node);
                case NodeEvent.Crashed(var child) -> crashes.add("node " + node + ": " + child);
                case NodeEvent.Took _ -> {}
                case NodeEvent.ListenFailed(var reason) -> crashes.add("node " + node + ": " + reason);
                case NodeEvent.Listening _, NodeEvent.Joined _, NodeEvent.Unreachable _ -> {}
                case NodeEvent.ContactsKnown _, NodeEvent.OnionKeysRotated _, NodeEvent.PathsChanged _ -> {}
            }
            return Behaviors.same();
        });
    }

    private JournalStore store(int node) {
        EventLoop loop = world.loop();
        return new JournalStore(new Journal(), sync -> loop.after(SYNC_NANOS, node, EventKind.STORED, sync));
    }
}
