package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.ProbeSettings;
import org.privatus.onion.RelaySettings;

/// Relays and people in virtual time, with real cryptography, joined by perfect ordered channels; a map stands for the
/// DHT. Everything that a core asks for happens later, as events in the order of time.
public final class OnionWorld {
    static final long LATENCY_NANOS = 10_000_000L;
    static final long DHT_NANOS = 50_000_000L;
    static final long DEATH_NOTICED_NANOS = 500_000_000L;
    private static final long EPOCH_MILLIS = 1_760_000_000_000L;

    private final CountedKeys counted = new CountedKeys();
    private final CryptoSuite suite = counted.suite();
    private final SecureRandom keys;
    private final RandomGenerator behaviour;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final TreeMap<NodeKey, WorldNode> nodes = new TreeMap<>();
    private final TreeMap<NodeId, SignedRecord> records = new TreeMap<>();
    private long nowNanos = 1_000_000_000L;
    private final List<NodeId> executors = new ArrayList<>();
    private long sequence;
    private int channelWindow = 64;

    private record Event(long nanos, long number, Runnable run) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public OnionWorld(long seed) {
        keys = seeded(seed);
        behaviour = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A world of so many relays that know each other.
    public static OnionWorld of(long seed, int relays) {
        OnionWorld world = new OnionWorld(seed);
        for (int i = 0; i < relays; i++) {
            world.addRelay();
        }
        return world;
    }

    public WorldNode addRelay() {
        return add(RelaySettings.defaults());
    }

    public WorldNode add(RelaySettings settings) {
        NodeIdentity identity = NodeIdentity.generate(suite, keys, 0);
        Endpoint endpoint = Endpoint.of(new byte[] {80, (byte) nodes.size(), 1, 1}, 4000);
        WorldNode node = new WorldNode(this, identity, identity.contact(endpoint, Contact.RELAYS), settings);
        nodes.put(identity.key(), node);
        return node;
    }

    /// A person's node: no relay for others, and told of all relays.
    public WorldPerson addPerson(OnionSettings settings) {
        WorldNode node = addRelay();
        WorldPerson person = new WorldPerson(this, node, settings);
        nodes.values().stream()
                .filter(other -> other != node && other.person().isEmpty())
                .forEach(other -> person.learn(other.descriptor()));
        return person;
    }

    public WorldPerson addPerson() {
        return addPerson(OnionSettings.defaults().withProbes(ProbeSettings.none()));
    }

    /// Cells that each side of a channel may send ahead, from now on.
    public void channelWindow(int cells) {
        channelWindow = cells;
    }

    int channelWindow() {
        return channelWindow;
    }

    /// Keys of hops, at both ends, that were not erased.
    public int livingKeys() {
        return counted.living();
    }

    CryptoSuite suite() {
        return suite;
    }

    SecureRandom keys() {
        return keys;
    }

    RandomGenerator behaviour() {
        return behaviour;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public long epochMillis() {
        return EPOCH_MILLIS + nowNanos / 1_000_000;
    }

    public List<WorldNode> nodes() {
        return List.copyOf(nodes.values());
    }

    public WorldNode node(NodeId id) {
        return nodes.values().stream()
                .filter(node -> node.contact().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    Optional<WorldNode> find(NodeKey key) {
        return Optional.ofNullable(nodes.get(key)).filter(WorldNode::isAlive);
    }

    OnionKeys newOnionKeys() {
        return OnionKeys.generate(suite, keys, epochMillis());
    }

    NodeDescriptor describe(NodeIdentity identity, Contact contact, OnionKeys onionKeys) {
        return NodeDescriptor.create(
                suite,
                identity,
                NetworkId.DEV,
                new NodeDescriptor.Content(
                        List.of(contact.endpoint()),
                        onionKeys.current().key(),
                        EPOCH_MILLIS - 1_000,
                        EPOCH_MILLIS + NodeDescriptor.MAX_VALIDITY_MILLIS - 2_000,
                        0,
                        0,
                        0,
                        NodeDescriptor.RELAYS));
    }

    // ---- the DHT

    Optional<byte[]> record(WorldNode executor, NodeId target) {
        executors.add(executor.id());
        return Optional.ofNullable(records.get(target)).map(SignedRecord::toBytes);
    }

    boolean store(WorldNode executor, byte[] bytes) {
        executors.add(executor.id());
        try {
            SignedRecord record = SignedRecord.read(bytes);
            SignedRecord known = records.get(record.target());
            if (!record.verify(suite) || (known != null && !record.supersedes(known))) {
                return known != null && known.equals(record);
            }
            records.put(record.target(), record);
            return true;
        } catch (MalformedPacketException e) {
            return false;
        }
    }

    /// The nodes that executed an operation, in order.
    public List<NodeId> executors() {
        return executors;
    }

    /// All records, by target.
    public List<SignedRecord> records() {
        return List.copyOf(records.values());
    }

    // ---- time

    void after(long nanos, Runnable run) {
        events.add(new Event(nowNanos + nanos, sequence++, run));
    }

    void atNanos(long nanos, Runnable run) {
        events.add(new Event(Math.max(nowNanos, nanos), sequence++, run));
    }

    private void step() {
        Event next = events.poll();
        assertThat(next).as("something left to happen").isNotNull();
        nowNanos = Math.max(nowNanos, next.nanos);
        next.run.run();
    }

    /// Lets so many seconds pass.
    public void run(double seconds) {
        long until = nowNanos + (long) (seconds * 1e9);
        while (!events.isEmpty() && events.peek().nanos <= until) {
            step();
        }
        nowNanos = until;
    }

    /// Lets time pass until the condition holds; fails after so many seconds.
    public void runUntil(double seconds, String what, BooleanSupplier condition) {
        long until = nowNanos + (long) (seconds * 1e9);
        while (!condition.getAsBoolean()) {
            boolean more = !events.isEmpty() && events.peek().nanos <= until;
            assertThat(more).as("within %s s: %s", seconds, what).isTrue();
            step();
        }
    }

    /// Everything that waits, for tests of what an idle node does.
    public int pendingEvents() {
        return events.size();
    }

    List<WorldNode> others(WorldNode node) {
        List<WorldNode> others = new ArrayList<>(nodes.values());
        others.remove(node);
        return others;
    }
}
