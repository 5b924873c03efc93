package org.privatus.dht.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.dht.DhtSettings;

/// Nodes, a clock and a network. One seed, one history.
public final class World {
    public static final NetworkId NETWORK = NetworkId.DEV;
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private static final long MILLISECOND = 1_000_000L;

    private final DhtSettings settings;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.order));
    private final ArrayList<WorldNode> nodes = new ArrayList<>();
    private final TreeMap<Endpoint, WorldNode> byEndpoint = new TreeMap<>();
    private double loss;
    private int slowness = 1;
    private long now;
    private long scheduled;
    private long history;

    private record Event(long at, long order, Runnable action) {}

    public World(DhtSettings settings, long seed) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
    }

    /// A share of all requests and answers that the network loses.
    public World losing(double share) {
        loss = share;
        return this;
    }

    public WorldNode add() {
        var node = new WorldNode(this, nodes.size(), settings, random.split());
        nodes.add(node);
        byEndpoint.put(node.contact().endpoint(), node);
        return node;
    }

    public List<WorldNode> add(int count) {
        var added = new ArrayList<WorldNode>();
        for (int i = 0; i < count; i++) {
            added.add(add());
        }
        return added;
    }

    /// A network that has formed: every node after the first joins through it, one every 100 ms, publishes itself, and has found its place.
    public static World formed(int count, DhtSettings settings, long seed) {
        var world = new World(settings, seed);
        List<WorldNode> nodes = world.add(count);
        for (int i = 0; i < count; i++) {
            WorldNode node = nodes.get(i);
            List<Contact> bootstrap =
                    i == 0 ? List.of() : List.of(nodes.getFirst().contact());
            world.after(i * 100 * MILLISECOND, () -> {
                node.publish();
                node.join(bootstrap);
            });
        }
        world.run(count * 100L + 90_000);
        return world;
    }

    public List<WorldNode> nodes() {
        return nodes;
    }

    Optional<WorldNode> at(Endpoint endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint)).filter(WorldNode::alive);
    }

    public long now() {
        return now;
    }

    public long epochMillis() {
        return EPOCH_MILLIS + TimeUnit.NANOSECONDS.toMillis(now);
    }

    /// From now on everything takes so many times as long.
    public void slowDown(int factor) {
        slowness = factor;
    }

    /// One way between two nodes, as KAD-1 has it: 10 to 100 ms.
    long latencyNanos(int one, int other) {
        long pair = ((long) Math.min(one, other) << 32) | Math.max(one, other);
        return slowness * (10 + Long.remainderUnsigned(mix64(pair), 91)) * MILLISECOND;
    }

    /// SplitMix64's finaliser.
    private static long mix64(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    boolean loses() {
        return loss > 0 && random.nextDouble() < loss;
    }

    public SplittableRandom random() {
        return random;
    }

    public void after(long delayNanos, Runnable action) {
        events.add(new Event(now + delayNanos, scheduled++, action));
    }

    /// Lets so much time pass.
    public void run(long millis) {
        long end = now + millis * MILLISECOND;
        while (!events.isEmpty() && events.peek().at <= end) {
            step();
        }
        now = end;
    }

    /// Lets time pass until something is so, at most a minute.
    public boolean runUntil(BooleanSupplier condition) {
        long end = now + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().at > end) {
                return false;
            }
            step();
        }
        return true;
    }

    private void step() {
        Event event = events.remove();
        now = event.at;
        event.action.run();
    }

    /// Adds what happened to the history's hash.
    void remember(long what) {
        history = mix64(history * 31 + what) ^ now;
    }

    public long history() {
        return history;
    }
}
