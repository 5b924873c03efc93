package org.privatus.dht.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKey;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.DhtOutcome;
import org.privatus.dht.DhtSettings;
import org.privatus.dht.Kademlia;
import org.privatus.dht.KademliaEffects;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtCodec;
import org.privatus.dht.message.DhtRequest;
import org.privatus.testing.FixedRandom;

/// A node of a {@link World}: its core, and in place of links what the core can see of them.
public final class WorldNode implements KademliaEffects {
    private static final long JOB_NANOS = 1_000_000L;
    private static final LightSuite SUITE = new LightSuite();

    private final World world;
    private final int number;
    private final NodeIdentity identity;
    private final Contact contact;
    private final Kademlia core;
    private final TreeMap<Long, DhtOutcome> outcomes = new TreeMap<>();
    private final TreeMap<Long, Consumer<byte[]>> handles = new TreeMap<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private final TreeSet<Integer> linked = new TreeSet<>();
    private final TreeMap<NodeId, NodeDescriptor> learned = new TreeMap<>();
    private final ArrayList<Integer> joins = new ArrayList<>();
    private final ArrayList<NodeId> lost = new ArrayList<>();
    private boolean alive = true;
    private boolean liar;
    private long armed = Long.MAX_VALUE;
    private long lastHandle;

    WorldNode(World world, int number, DhtSettings settings, SplittableRandom random) {
        this.world = world;
        this.number = number;
        this.identity = NodeIdentity.generate(SUITE, secure(random.nextLong()), 0);
        byte[] address = {10, (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        this.contact = identity.contact(Endpoint.of(address, 4_000), Contact.RELAYS);
        this.core = new Kademlia(settings, contact, World.NETWORK, SUITE, random, this);
    }

    private static SecureRandom secure(long seed) {
        byte[] bytes = new byte[64];
        new SplittableRandom(seed).nextBytes(bytes);
        return new FixedRandom(bytes);
    }

    public Contact contact() {
        return contact;
    }

    public NodeId id() {
        return contact.id();
    }

    public Kademlia core() {
        return core;
    }

    public int number() {
        return number;
    }

    public boolean alive() {
        return alive;
    }

    public void die() {
        alive = false;
    }

    public void revive() {
        alive = true;
        arm();
    }

    /// From now on it names only liars, holds nothing, and says that it does.
    public void lie() {
        liar = true;
    }

    private byte[] lie(byte[] body) {
        try {
            return DhtCodec.encode(
                    switch (DhtCodec.readRequest(body)) {
                        case DhtRequest.Ping() -> new DhtAnswer.Pong();
                        case DhtRequest.FindNode(var target) -> new DhtAnswer.Contacts(liarsNear(target));
                        case DhtRequest.FindValue(var target) -> new DhtAnswer.Contacts(liarsNear(target));
                        case DhtRequest.Store _ -> new DhtAnswer.StoreResult(DhtAnswer.Status.STORED, 1);
                    });
        } catch (MalformedPacketException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContactList liarsNear(NodeId target) {
        Comparator<Contact> byDistance = (a, b) -> target.compareDistance(a.id(), b.id());
        return ContactList.of(world.nodes().stream()
                .filter(node -> node.liar)
                .map(WorldNode::contact)
                .sorted(byDistance)
                .limit(DhtCodec.MAX_CONTACTS)
                .toList());
    }

    public boolean honest() {
        return !liar;
    }

    /// How each join ended.
    public List<Integer> joins() {
        return joins;
    }

    /// Descriptors in the pool.
    public Map<NodeId, NodeDescriptor> learned() {
        return learned;
    }

    public List<NodeId> lost() {
        return lost;
    }

    public void join(List<Contact> bootstrap) {
        core.join(bootstrap, world.now());
        arm();
    }

    public void keep(List<NodeDescriptor> descriptors) {
        core.keep(descriptors, world.now(), world.epochMillis());
        arm();
    }

    public void fillPool(int wanted) {
        core.fillPool(wanted, world.now());
        arm();
    }

    public void publish() {
        publish(TimeUnit.DAYS.toMillis(1));
    }

    public NodeDescriptor publish(long validMillis) {
        long from = world.epochMillis();
        byte[] onionKey = id().toBytes();
        var content = new NodeDescriptor.Content(
                List.of(contact.endpoint()),
                OnionKey.of(onionKey),
                from,
                from + validMillis,
                0,
                0,
                0,
                NodeDescriptor.RELAYS);
        NodeDescriptor descriptor = NodeDescriptor.create(SUITE, identity, World.NETWORK, content);
        core.selfChanged(contact, Optional.of(descriptor), world.now(), world.epochMillis());
        arm();
        return descriptor;
    }

    public SignedRecord record(String salt, long seq, String value) {
        return SignedRecord.create(SUITE, identity.seed(), salt.getBytes(UTF_8), seq, value.getBytes(UTF_8));
    }

    public long put(byte[] record) {
        long operation = core.put(record, world.now(), world.epochMillis());
        arm();
        return operation;
    }

    public long get(NodeId target) {
        long operation = core.get(target, world.now(), world.epochMillis());
        arm();
        return operation;
    }

    public long findClosest(NodeId target) {
        long operation = core.findClosest(target, world.now());
        arm();
        return operation;
    }

    /// Lets time pass until the operation is over.
    public DhtOutcome await(long operation) {
        if (!world.runUntil(() -> outcomes.containsKey(operation))) {
            throw new AssertionError("no outcome of operation " + operation);
        }
        return outcomes.get(operation);
    }

    public Optional<DhtOutcome> outcome(long operation) {
        return Optional.ofNullable(outcomes.get(operation));
    }

    public OptionalInt lastJoin() {
        return joins.isEmpty() ? OptionalInt.empty() : OptionalInt.of(joins.getLast());
    }

    /// The core hears of a peer as after a finished handshake.
    public void verified(Contact peer, boolean weDialed, long rttNanos) {
        core.peerVerified(peer, weDialed, rttNanos, world.now());
        arm();
    }

    /// A request as it came from a link.
    public void receive(Optional<Contact> asker, Endpoint from, byte[] body, Consumer<byte[]> answer) {
        long handle = ++lastHandle;
        handles.put(handle, answer);
        core.requestArrived(handle, asker, from, body, world.now(), world.epochMillis());
        arm();
    }

    @Override
    public void ask(long requestId, Contact to, byte[] body, boolean finishHandshake) {
        world.remember(requestId * 31 + to.endpoint().hashCode());
        open.add(requestId);
        Optional<WorldNode> peer =
                world.at(to.endpoint()).filter(node -> node.contact.key().equals(to.key()));
        if (peer.isEmpty() || world.loses() || world.loses()) {
            return;
        }
        long latency = world.latencyNanos(number, peer.get().number);
        boolean live = linked.contains(peer.get().number);
        boolean finished = live || finishHandshake;
        long until = finished && !live ? 3 * latency : latency;
        world.after(until, () -> peer.get().asked(this, requestId, body, finished, until, latency));
    }

    /// With a finished handshake the request came behind message 3, and both know each other.
    private void asked(WorldNode asker, long requestId, byte[] body, boolean finished, long tookNanos, long latency) {
        if (!alive || !asker.alive) {
            return;
        }
        Optional<Contact> who = finished ? Optional.of(asker.contact) : Optional.empty();
        if (finished) {
            link(asker, false, 2 * latency);
        }
        Consumer<byte[]> answer = bytes -> world.after(latency, () -> {
            if (finished) {
                asker.link(this, true, 2 * latency);
            }
            asker.answered(requestId, bytes, tookNanos + latency);
        });
        if (liar) {
            answer.accept(lie(body));
        } else {
            receive(who, asker.contact.endpoint(), body, answer);
        }
    }

    private void link(WorldNode peer, boolean weDialed, long rttNanos) {
        if (alive && linked.add(peer.number)) {
            verified(peer.contact, weDialed, rttNanos);
        }
    }

    private void answered(long requestId, byte[] answer, long rttNanos) {
        if (alive && open.remove(requestId)) {
            core.answerArrived(requestId, answer, rttNanos, world.now(), world.epochMillis());
            arm();
        }
    }

    @Override
    public void abandon(long requestId) {
        open.remove(requestId);
    }

    @Override
    public void answer(long handle, byte[] body) {
        handles.remove(handle).accept(body);
    }

    @Override
    public void compute(Job job) {
        job.run();
        world.after(JOB_NANOS, () -> {
            if (alive) {
                core.computed(job, world.now(), world.epochMillis());
                arm();
            }
        });
    }

    @Override
    public void operationDone(long operation, DhtOutcome outcome) {
        if (outcomes.put(operation, outcome) != null) {
            throw new AssertionError("two outcomes of operation " + operation);
        }
    }

    @Override
    public void descriptorLearned(NodeDescriptor verified) {
        learned.put(verified.id(), verified);
    }

    @Override
    public void descriptorLost(NodeId node) {
        lost.add(node);
        learned.remove(node);
    }

    @Override
    public void joined(int contacts) {
        joins.add(contacts);
    }

    /// One event in the world per deadline; an earlier one makes the later one useless.
    private void arm() {
        long deadline = core.deadlineNanos();
        if (!alive || deadline >= armed) {
            return;
        }
        armed = deadline;
        world.after(Math.max(0, deadline - world.now()), () -> {
            if (armed == deadline) {
                armed = Long.MAX_VALUE;
                if (alive) {
                    core.onDeadline(world.now(), world.epochMillis());
                    arm();
                }
            }
        });
    }
}
