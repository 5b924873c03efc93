package org.privatus.simulation.kad;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.node.actor.KademliaActor;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.settings.NodeSettings;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.world.Identities;
import org.privatus.simulation.world.World;

/// KAD-1 on the nodes of one shard, or all: nodes with converged tables, and one lookup per interval from a uniform random node to the id of a
/// uniform random node.
public final class Kad1 {
    private final World world;
    private final NodeSettings settings;
    private final long seed;
    private final int first;
    private final Contact[] contacts;
    private final NodeIdentity[] identities;
    private final OnionKeys onionKeys;
    private final ActorRef<NodeGuardian.Command>[] guardians;
    private final ActorRef<NodeEvent> events;
    private final ActorRef<KademliaActor.LookupEnded> listener;
    private final LookupTally tally = new LookupTally();
    private Consumer<KademliaActor.LookupEnded> heard = lookup -> {};
    private Consumer<NodeEvent.Crashed> crashed = failure -> {};

    /// @param settings the profile that makes the shipped nodes do what KAD-1 prescribes, see [Kad1Settings]
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Kad1(World world, NodeSettings settings) {
        this.world = world;
        this.settings = settings;
        this.seed = world.settings().seed();
        int nodes = world.settings().nodes();
        this.contacts = new Contact[nodes];
        this.first = world.map().first(world.shard());
        int here = world.map().end(world.shard()) - first;
        this.identities = new NodeIdentity[here];
        this.guardians = new ActorRef[here];
        var identities = new Identities(world.settings().suite(), seed);
        this.onionKeys = identities.onionKeys(EventLoop.WORLD);
        this.events = world.spawn(Behaviors.receiveMessage(this::told), "events");
        this.listener = world.spawn(Behaviors.receiveMessage(this::ended), "lookups");
        for (int node = 0; node < nodes; node++) {
            NodeIdentity identity = identities.ofNode(node);
            contacts[node] = identity.contact(SimulatedNetwork.endpointOf(node), Contact.RELAYS);
            if (world.isHere(node)) {
                this.identities[node - first] = identity;
            }
        }
    }

    /// Starts all nodes and gives them their tables.
    public void start() {
        var tables = new ConvergedTables(seed, settings.dht().table().bucketSize(), contacts);
        for (int i = 0; i < guardians.length; i++) {
            int node = first + i;
            guardians[i] = world.start(node, host -> behaviour(node, host));
            world.tell(node, guardians[i], new NodeGuardian.Adopt(tables.of(node)));
        }
    }

    private Behavior<NodeGuardian.Command> behaviour(int node, SimulatedHost host) {
        var spec = new NodeSpec(
                Identities.NETWORK,
                identities[node - first],
                onionKeys,
                Optional.empty(),
                SimulatedNetwork.endpointOf(node),
                List.of(),
                settings);
        return NodeGuardian.create(spec, host, events);
    }

    /// Schedules `count` lookups, one per `intervalNanos` from now.
    public void look(int count, long intervalNanos) {
        var chance = CounterRandom.of(seed, EventLoop.WORLD, "lookups", 0);
        for (int i = 0; i < count; i++) {
            int from = chance.nextInt(contacts.length);
            int to = chance.nextInt(contacts.length);
            long delay = i * intervalNanos;
            if (world.isHere(from)) {
                world.after(from, delay, () -> look(from, to));
            }
        }
    }

    private void look(int from, int to) {
        tally.begin(from == to);
        guardians[from - first].tell(new NodeGuardian.FindClosest(contacts[to].id(), listener));
    }

    private Behavior<KademliaActor.LookupEnded> ended(KademliaActor.LookupEnded lookup) {
        tally.ended(lookup.target(), lookup.outcome());
        heard.accept(lookup);
        return Behaviors.same();
    }

    /// Is told of each lookup that ended, in the step of the node that asked.
    void hear(Consumer<KademliaActor.LookupEnded> listening) {
        heard = listening;
    }

    private Behavior<NodeEvent> told(NodeEvent event) {
        if (event instanceof NodeEvent.Crashed failure) {
            crashed.accept(failure);
        }
        return Behaviors.same();
    }

    /// Is told of each actor that failed, in the step of its node.
    void hearCrashes(Consumer<NodeEvent.Crashed> listening) {
        crashed = listening;
    }

    public LookupTally tally() {
        return tally;
    }
}
