package org.privatus.simulation.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.kad.Kad1Settings;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.SimulatedSecureRandom;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.world.World;

/// The shipped nodes, each knowing a few of the others; every node looks up a random other once.
final class LookupProgram implements Program {
    private static final NetworkId NETWORK = NetworkId.DEV;
    private static final int KNOWN = 5;
    private static final long END_NANOS = 10_000_000_000L;
    private static final long LOOKUPS_APART_NANOS = 70_000_000L;

    private final World world;
    private final int nodes;
    private final List<NodeIdentity> identities = new ArrayList<>();
    private final OnionKeys onionKeys;
    private final TreeMap<Integer, ActorRef<NodeGuardian.Command>> guardians = new TreeMap<>();

    LookupProgram(World world) {
        this.world = world;
        this.nodes = world.settings().nodes();
        for (int node = 0; node < nodes; node++) {
            identities.add(NodeIdentity.generate(world.settings().suite(), keys(node), NETWORK.puzzleBits()));
        }
        this.onionKeys = OnionKeys.generate(world.settings().suite(), keys(-1), EventLoop.EPOCH_MILLIS);
    }

    private SimulatedSecureRandom keys(int node) {
        return new SimulatedSecureRandom(CounterRandom.of(world.settings().seed(), node, "identity", 0));
    }

    @Override
    public void begin() {
        ActorRef<NodeEvent> events = world.spawn(Behaviors.ignore(), "events");
        for (int node = world.map().first(world.shard()); world.isHere(node); node++) {
            int number = node;
            guardians.put(node, world.start(node, host -> NodeGuardian.create(spec(number), host, events)));
            lookUpLater(node);
        }
    }

    private NodeSpec spec(int node) {
        var known = new ArrayList<Contact>();
        for (int i = 1; i <= KNOWN; i++) {
            int other = (node + i * i * i) % nodes;
            known.add(identities.get(other).contact(SimulatedNetwork.endpointOf(other), Contact.RELAYS));
        }
        return new NodeSpec(
                NETWORK,
                identities.get(node),
                onionKeys,
                Optional.empty(),
                SimulatedNetwork.endpointOf(node),
                known,
                Kad1Settings.of(3));
    }

    private void lookUpLater(int node) {
        int wanted =
                CounterRandom.of(world.settings().seed(), node, "wanted", 0).nextInt(nodes);
        NodeId target = identities
                .get(wanted)
                .contact(SimulatedNetwork.endpointOf(wanted), 0)
                .id();
        EventLoop loop = world.loop();
        loop.runAs(
                node,
                () -> loop.after(
                        LOOKUPS_APART_NANOS * (node + 1),
                        node,
                        EventKind.SCENARIO,
                        () -> guardians
                                .get(node)
                                .tell(new NodeGuardian.FindClosest(
                                        target, world.actorSystem().ignoreRef()))));
    }

    @Override
    public long[] totals() {
        return new long[0];
    }

    @Override
    public boolean over(long nowNanos, long[] totals) {
        return nowNanos >= END_NANOS;
    }

    @Override
    public Recording finish() {
        return new Recording(world.settings().seed());
    }
}
