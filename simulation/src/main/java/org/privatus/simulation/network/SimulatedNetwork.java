package org.privatus.simulation.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.Datagrams;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.engine.ShardMap;

/// Carries datagrams between nodes in virtual time: the part of the network around the nodes of one shard. Each node has one
/// public IPv4 address, alone in its /24.
///
/// Chance is drawn from the sender, four draws per datagram, whatever becomes of it: a rule that drops one datagram changes the
/// fate of no other. A network without loss, jitter, reordering and duplication draws nothing.
///
/// A datagram is one array from sender to receiver, each of which owns it in turn ([DatagramPort#send],
/// [DatagramListener#received]); it is copied only if it does not fill its array or arrives twice. An idle node costs its slot
/// in two arrays (12 bytes), its port and its endpoint.
public final class SimulatedNetwork {
    /// The port a node gets that leaves the choice to the host.
    public static final int DEFAULT_PORT = 4460;

    private static final int PORT_MAX = 0xffff;

    private final EventLoop loop;
    private final NetworkSettings settings;
    private final LatencyModel latency;
    private final Uplink uplink;
    private final int nodes;
    private final int first;
    /// The ports of each node of this shard, the latest first, linked to each other: there is hardly ever more than one.
    private final @Nullable Port[] ports;

    private final Chances chances;
    private final List<WireTap> taps = new ArrayList<>();
    private final List<DropRule> rules = new ArrayList<>();
    private long sent;
    private long sentBytes;
    private long delivered;
    private long lost;
    private long duplicated;

    /// A network whose nodes are all on one loop.
    public SimulatedNetwork(EventLoop loop, NetworkSettings settings, LatencyModel latency, long seed, int nodes) {
        this(loop, settings, latency, seed, ShardMap.one(nodes), 0, Uplink.NONE);
    }

    /// The network around the nodes of one shard.
    ///
    /// @param uplink takes what goes to any other shard, to be handed to [#arrived] there
    public SimulatedNetwork(
            EventLoop loop,
            NetworkSettings settings,
            LatencyModel latency,
            long seed,
            ShardMap map,
            int shard,
            Uplink uplink) {
        if (map.nodes() > AddressPlan.NODES_MAX) {
            throw new IllegalArgumentException(map.nodes() + " nodes; at most " + AddressPlan.NODES_MAX);
        }
        this.loop = loop;
        this.settings = settings;
        this.latency = latency;
        this.uplink = uplink;
        this.nodes = map.nodes();
        this.first = map.first(shard);
        this.ports = new @Nullable Port[map.end(shard) - first];
        this.chances = new Chances(seed, first, ports.length);
    }

    /// Where a node is reached on its default port.
    public static Endpoint endpointOf(int node) {
        return AddressPlan.endpoint(node, DEFAULT_PORT);
    }

    /// The network as `node` sees it.
    public Datagrams of(int node) {
        return (local, listener) -> bind(node, local, listener);
    }

    public void tap(WireTap tap) {
        taps.add(tap);
    }

    /// Adds a rule that holds until [#remove] or [#heal].
    public void drop(DropRule rule) {
        rules.add(rule);
    }

    public void remove(DropRule rule) {
        rules.remove(rule);
    }

    /// Cuts the nodes of one side off from all others.
    public void partition(IntPredicate oneSide) {
        drop(transit -> oneSide.test(transit.fromNode()) != oneSide.test(transit.toNode()));
    }

    /// Removes all rules.
    public void heal() {
        rules.clear();
    }

    /// Closes all ports of a node at once, as the end of its process does.
    public void closePorts(int node) {
        for (Port port = ports[node - first]; port != null; port = port.next) {
            port.open = false;
        }
        ports[node - first] = null;
    }

    /// What happened on this shard: sending where the sender is, delivery and loss at the end where the receiver is.
    public NetworkStatistics statistics() {
        return new NetworkStatistics(sent, sentBytes, delivered, lost, duplicated);
    }

    /// Takes a datagram from another shard's uplink.
    public void arrived(RemoteDatagram datagram) {
        var delivery = new Delivery(datagram.toNode(), datagram.from(), datagram.to(), datagram.bytes());
        loop.insert(
                datagram.timeNanos(),
                datagram.cause(),
                datagram.sequence(),
                datagram.toNode(),
                EventKind.RECEIVED,
                delivery);
    }

    private DatagramPort bind(int node, Endpoint local, DatagramListener listener) throws BindFailedException {
        Endpoint usual = endpointOf(node);
        if (!local.isUnspecified() && !local.isLoopback() && !local.hasAddressOf(usual)) {
            throw new BindFailedException(local, local + " is not an address of this machine");
        }
        int number = local.port() == 0 ? freePort(node, local) : local.port();
        if (port(node, number) != null) {
            throw new BindFailedException(local, "port " + number + " is taken");
        }
        Endpoint bound = number == DEFAULT_PORT ? usual : usual.withPort(number);
        var port = new Port(node, bound, listener, ports[node - first]);
        ports[node - first] = port;
        return port;
    }

    private int freePort(int node, Endpoint local) throws BindFailedException {
        for (int number = DEFAULT_PORT; number <= PORT_MAX; number++) {
            if (port(node, number) == null) {
                return number;
            }
        }
        throw new BindFailedException(local, "no port is free");
    }

    private @Nullable Port port(int node, int number) {
        Port port = ports[node - first];
        while (port != null && port.local.port() != number) {
            port = port.next;
        }
        return port;
    }

    private void send(Port from, Endpoint to, byte[] datagram, int length) {
        byte[] bytes = datagram.length == length ? datagram : Arrays.copyOf(datagram, length);
        sent++;
        sentBytes += length;
        long hash = DatagramHash.of(to, bytes);
        loop.record(from.node, EventKind.SENT, hash);
        int toNode = nodeAt(to);
        boolean gone = isDropped(from, to, toNode, bytes) || toNode < 0 || length > settings.maxLength();
        if (settings.leavesToChance()) {
            chances.next(from.node);
            gone |= chances.loss() < settings.loss();
        }
        if (gone) {
            lost++;
            loop.record(from.node, EventKind.LOST, hash);
            return;
        }
        long base = latency.oneWayNanos(from.node, toNode);
        if (settings.leavesToChance()) {
            leaveByChance(from.local, to, toNode, bytes, base);
        } else {
            leave(from.local, to, toNode, bytes, base);
        }
    }

    /// A datagram that is not lost: jitter, holding back, and a second one.
    private void leaveByChance(Endpoint from, Endpoint to, int toNode, byte[] bytes, long base) {
        long delay = base + (long) (base * settings.jitter() * chances.jitter());
        double hold = chances.hold();
        if (hold < settings.reordering()) {
            delay += (long) (settings.reorderNanos() * (hold / settings.reordering()));
        }
        double twice = chances.twice();
        boolean again = twice < settings.duplication();
        byte[] copy = again ? bytes.clone() : bytes;
        leave(from, to, toNode, bytes, delay);
        if (again) {
            duplicated++;
            leave(from, to, toNode, copy, delay + (long) (base * (twice / settings.duplication())));
        }
    }

    private int nodeAt(Endpoint endpoint) {
        int node = AddressPlan.node(endpoint);
        return node < nodes ? node : -1;
    }

    private boolean isDropped(Port from, Endpoint to, int toNode, byte[] bytes) {
        if (taps.isEmpty() && rules.isEmpty()) {
            return false;
        }
        var transit = new Transit(loop.nowNanos(), from.node, toNode, from.local, to, bytes);
        for (WireTap tap : taps) {
            tap.sent(transit);
        }
        boolean dropped = false;
        for (DropRule rule : rules) {
            dropped |= rule.drops(transit);
        }
        return dropped;
    }

    private void leave(Endpoint from, Endpoint to, int toNode, byte[] bytes, long delayNanos) {
        if (toNode >= first && toNode - first < ports.length) {
            loop.after(delayNanos, toNode, EventKind.RECEIVED, new Delivery(toNode, from, to, bytes));
        } else {
            int cause = loop.currentNode();
            long sequence = loop.takeSequence(cause);
            uplink.toOtherShard(
                    new RemoteDatagram(loop.nowNanos() + delayNanos, cause, sequence, toNode, from, to, bytes));
        }
    }

    /// The arrival of a datagram: the event's action and all that is kept of it.
    private final class Delivery implements Runnable {
        private final int toNode;
        private final Endpoint from;
        private final Endpoint to;
        private final byte[] bytes;

        Delivery(int toNode, Endpoint from, Endpoint to, byte[] bytes) {
            this.toNode = toNode;
            this.from = from;
            this.to = to;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            Port port = port(toNode, to.port());
            if (port == null) {
                lost++;
            } else {
                delivered++;
                port.listener.received(from, bytes);
            }
        }
    }

    private final class Port implements DatagramPort {
        private final int node;
        private final Endpoint local;
        private final DatagramListener listener;
        private @Nullable Port next;
        private boolean open = true;

        Port(int node, Endpoint local, DatagramListener listener, @Nullable Port next) {
            this.node = node;
            this.local = local;
            this.listener = listener;
            this.next = next;
        }

        @Override
        public Endpoint local() {
            return local;
        }

        @Override
        public void send(Endpoint to, byte[] datagram, int length) {
            if (open) {
                SimulatedNetwork.this.send(this, to, datagram, length);
            }
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                unlink();
            }
        }

        @SuppressWarnings("ReferenceEquality") // the very port
        private void unlink() {
            Port before = null;
            for (Port port = ports[node - first]; port != this && port != null; port = port.next) {
                before = port;
            }
            if (before == null) {
                ports[node - first] = next;
            } else {
                before.next = next;
            }
        }
    }
}
