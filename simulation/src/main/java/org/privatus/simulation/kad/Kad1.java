package org.privatus.simulation.kad;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.actor.KademliaActor;
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
import org.privatus.simulation.world.World;

/// KAD-1 in one world: nodes with converged tables, and one lookup per interval from a uniform random node to the id of a
/// uniform random node.
public final class Kad1 {
    private static final NetworkId NETWORK = NetworkId.DEV;

    private final World world;
    private final NodeSettings settings;
    private final CryptoSuite suite;
    private final long seed;
    private final Contact[] contacts;
    private final NodeIdentity[] identities;
    private final OnionKeys onionKeys;
    private final ActorRef<NodeGuardian.Command>[] guardians;
    private final ActorRef<NodeEvent> events;
    private final ActorRef<KademliaActor.LookupEnded> listener;
    private final LookupTally tally = new LookupTally();

    /// @param settings the profile that makes the shipped nodes do what KAD-1 prescribes, see [Kad1Settings]
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Kad1(World world, NodeSettings settings) {
        this.world = world;
        this.settings = settings;
        this.suite = world.settings().suite();
        this.seed = world.settings().seed();
        int nodes = world.settings().nodes();
        this.contacts = new Contact[nodes];
        this.identities = new NodeIdentity[nodes];
        this.guardians = new ActorRef[nodes];
        this.onionKeys = OnionKeys.generate(suite, keysOf(-1), EventLoop.EPOCH_MILLIS);
        this.events = world.spawn(Behaviors.<NodeEvent>ignore(), "events");
        this.listener = world.spawn(Behaviors.receiveMessage(this::ended), "lookups");
        for (int node = 0; node < nodes; node++) {
            identities[node] = NodeIdentity.generate(suite, keysOf(node), NETWORK.puzzleBits());
            contacts[node] = identities[node].contact(SimulatedNetwork.endpointOf(node), Contact.RELAYS);
        }
    }

    private SimulatedSecureRandom keysOf(int node) {
        return new SimulatedSecureRandom(CounterRandom.of(seed, node, "identity", 0));
    }

    /// Starts all nodes and gives them their tables.
    public void start() {
        var tables = new ConvergedTables(seed, settings.dht().table().bucketSize(), contacts);
        for (int node = 0; node < contacts.length; node++) {
            int number = node;
            guardians[node] = world.start(node, host -> behaviour(number, host));
            world.tell(node, guardians[node], new NodeGuardian.Adopt(tables.of(node)));
        }
    }

    private Behavior<NodeGuardian.Command> behaviour(int node, SimulatedHost host) {
        var spec = new NodeSpec(
                NETWORK,
                identities[node],
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
            world.loop().runAs(from, () -> world.loop().after(delay, from, EventKind.SCENARIO, () -> look(from, to)));
        }
    }

    private void look(int from, int to) {
        tally.begun(from == to);
        guardians[from].tell(new NodeGuardian.FindClosest(contacts[to].id(), listener));
    }

    private Behavior<KademliaActor.LookupEnded> ended(KademliaActor.LookupEnded lookup) {
        tally.ended(lookup.target(), lookup.outcome());
        return Behaviors.same();
    }

    public LookupTally tally() {
        return tally;
    }
}
