package org.privatus.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.NatMix;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.SimulatedSecureRandom;

/// Who nodes and people are: functions of the run's seed and a number, so that any shard can say who lives on another.
public final class Identities {
    /// Laboratory rules would let nodes dial private addresses; nothing here needs it, but the puzzle is left out.
    public static final NetworkId NETWORK = NetworkId.DEV;

    /// Nodes that others join through.
    public static final int SEEDS = 8;

    private static final int SEEDS_ASKED = 3;

    private final CryptoSuite suite;
    private final long seed;
    private final int[] places;
    private final Map<Integer, Contact> seeds = new TreeMap<>();

    /// Where every node can be reached.
    public Identities(CryptoSuite suite, long seed) {
        this(suite, seed, IntStream.range(0, SEEDS).toArray());
    }

    private Identities(CryptoSuite suite, long seed, int[] places) {
        this.suite = suite;
        this.seed = seed;
        this.places = places;
    }

    /// Where some nodes cannot: others join through the first that can.
    public static Identities of(WorldSettings settings) {
        NatMix.Dealt boxes = settings.network().nat().dealt(settings.seed());
        int[] open = IntStream.range(0, settings.nodes())
                .filter(boxes::isOpen)
                .limit(SEEDS)
                .toArray();
        return new Identities(settings.suite(), settings.seed(), open);
    }

    public NodeIdentity ofNode(int node) {
        return NodeIdentity.generate(suite, random(node, "identity", 0), NETWORK.puzzleBits());
    }

    /// Another identity that the same node could have.
    ///
    /// @param attempt 0 is [#ofNode]'s
    public NodeIdentity ofNode(int node, int attempt) {
        return NodeIdentity.generate(suite, random(node, "identity", attempt), NETWORK.puzzleBits());
    }

    public PersonIdentity ofPerson(int node) {
        return PersonIdentity.generate(suite, random(node, "person", 0));
    }

    /// What a node's circuits are built with at its first start.
    public OnionKeys onionKeys(int node) {
        return onionKeys(node, EventLoop.EPOCH_MILLIS);
    }

    /// The same in a run that begins at another date.
    public OnionKeys onionKeys(int node, long epochMillis) {
        return OnionKeys.generate(suite, random(node, "onion-keys", 0), epochMillis);
    }

    /// Some of the nodes that others join through; one of these has those before it.
    public List<Contact> bootstrap(int node) {
        int known = 0;
        while (known < places.length && places[known] != node) {
            known++;
        }
        var random = CounterRandom.of(seed, node, "bootstrap", 0);
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < Math.min(SEEDS_ASKED, known); i++) {
            Contact contact = seed(places[known <= SEEDS_ASKED ? i : random.nextInt(known)]);
            if (!contacts.contains(contact)) {
                contacts.add(contact);
            }
        }
        return contacts;
    }

    private Contact seed(int node) {
        Contact known = seeds.get(node);
        if (known == null) {
            known = ofNode(node).contact(SimulatedNetwork.endpointOf(node), Contact.RELAYS);
            seeds.put(node, known);
        }
        return known;
    }

    private SimulatedSecureRandom random(int node, String purpose, int instance) {
        return new SimulatedSecureRandom(CounterRandom.of(seed, node, purpose, instance));
    }
}
