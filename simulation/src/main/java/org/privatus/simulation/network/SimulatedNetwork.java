package org.privatus.simulation.network;

import java.util.Arrays;
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
/// public IPv4 address, alone in its /24; behind a NAT box it belongs to the box.
///
/// A datagram passes the sender's box, its uplink, chance and rules, and takes the latency of the pair; in the receiver's shard it
/// passes the downlink and the receiver's box.
///
/// Chance is drawn from the sender, four draws per datagram, whatever becomes of it: a rule that drops one datagram changes the
/// fate of no other. A network without loss, jitter, reordering and duplication draws nothing.
///
/// A datagram is one array from sender to receiver, which nobody changes ([DatagramPort#send], [DatagramListener#received]); it is
/// copied only if it does not fill its array. An idle node costs its slot
/// in two arrays (12 bytes), its port and its endpoint; access links add 16 bytes, a box that is used some hundreds.
public final class SimulatedNetwork {
    /// The port a node gets that leaves the choice to the host.
    public static final int DEFAULT_PORT = 4460;

    /// The address that every node behind a NAT box has on its side of it.
    public static final Endpoint INNER = Endpoint.parse("192.168.1.2:" + DEFAULT_PORT);

    private static final int PORT_MAX = 0xffff;

    private final EventLoop loop;
    private final NetworkSettings settings;
    private final LatencyModel latency;
    private final Addresses addresses;
    private final PathRules rules;
    private final boolean leavesToChance;
    private final @Nullable AccessQueues uplinks;
    private final @Nullable AccessQueues downlinks;
    private final @Nullable NatBoxes boxes;
    private final Uplink otherShards;
    private final int nodes;
    private final int first;
    /// The ports of each node of this shard, the latest first, linked to each other: there is hardly ever more than one.
    private final @Nullable Port[] ports;

    private final Chances chances;
    private final Watchers watchers = new Watchers();
    private long sent;
    private long sentBytes;
    private long delivered;
    private long lost;
    private long duplicated;

    /// A network without access links, NAT and rules, whose nodes are all on one loop.
    public SimulatedNetwork(EventLoop loop, NetworkSettings settings, LatencyModel latency, long seed, int nodes) {
        this(loop, NetworkModel.of(settings, latency), seed, ShardMap.one(nodes), 0, Uplink.NONE);
    }

    /// The network around the nodes of one shard.
    ///
    /// @param otherShards takes what goes to any other, to be handed to [#arrived] there
    public SimulatedNetwork(
            EventLoop loop, NetworkModel model, long seed, ShardMap map, int shard, Uplink otherShards) {
        this.addresses = model.addresses();
        if (map.nodes() > addresses.nodesMax()) {
            throw new IllegalArgumentException(map.nodes() + " nodes; at most " + addresses.nodesMax());
        }
        this.loop = loop;
        this.settings = model.settings();
        this.latency = model.latency();
        this.rules = new PathRules(model.rules());
        this.leavesToChance = settings.leavesToChance() || rules.leavesToChance();
        this.otherShards = otherShards;
        this.nodes = map.nodes();
        this.first = map.first(shard);
        int here = map.end(shard) - first;
        this.ports = new @Nullable Port[here];
        this.chances = new Chances(seed, first, here);
        AccessMix access = model.access();
        this.uplinks = access.isUnlimited() ? null : AccessQueues.up(access, seed, first, here);
        this.downlinks = access.isUnlimited() ? null : AccessQueues.down(access, seed, first, here);
        this.boxes = model.nat().isNone() ? null : new NatBoxes(model.nat(), seed, first, here);
    }

    /// Where a node without a NAT box is reached on its default port; the public address of any other. With the usual addresses.
    public static Endpoint endpointOf(int node) {
        return AddressPlan.endpoint(node, DEFAULT_PORT);
    }

    /// The node whose public address this is, or a number that no node has.
    public static int nodeOf(Endpoint endpoint) {
        return AddressPlan.node(endpoint);
    }

    /// The network as `node` sees it.
    public Datagrams of(int node) {
        return (local, listener) -> bind(node, local, listener);
    }

    public void tap(WireTap tap) {
        watchers.addTap(tap);
    }

    /// Lets `tap` see every datagram of a node of this shard.
    public void tap(int node, NodeTap tap) {
        watchers.addTap(node, tap);
    }

    /// Adds a rule that holds until [#remove] or [#heal].
    public void drop(DropRule rule) {
        watchers.addRule(rule);
    }

    public void remove(DropRule rule) {
        watchers.remove(rule);
    }

    /// Cuts the nodes of one side off from all others.
    public void partition(IntPredicate oneSide) {
        drop(transit -> oneSide.test(transit.fromNode()) != oneSide.test(transit.toNode()));
    }

    /// Removes all rules that were added to the network; those of the model stay.
    public void heal() {
        watchers.removeRules();
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

    /// The queues on the way from this shard's nodes.
    public QueueStatistics uplinks() {
        return uplinks == null ? QueueStatistics.NONE : uplinks.statistics();
    }

    /// The queues on the way to this shard's nodes.
    public QueueStatistics downlinks() {
        return downlinks == null ? QueueStatistics.NONE : downlinks.statistics();
    }

    /// The NAT boxes of this shard's nodes.
    public NatStatistics nat() {
        return boxes == null ? NatStatistics.NONE : boxes.statistics();
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
        Endpoint usual = boxes == null || boxes.isOpen(node) ? addresses.endpoint(node) : INNER;
        if (!local.isUnspecified() && !local.isLoopback() && !local.hasAddressOf(usual)) {
            throw new BindFailedException(local, local + " is not an address of this machine");
        }
        int number = local.port() == 0 ? freePort(node, usual) : local.port();
        if (port(node, number) != null) {
            throw new BindFailedException(local, "port " + number + " is taken");
        }
        Endpoint bound = number == usual.port() ? usual : usual.withPort(number);
        var port = new Port(node, bound, listener, ports[node - first]);
        ports[node - first] = port;
        return port;
    }

    private int freePort(int node, Endpoint usual) throws BindFailedException {
        for (int number = usual.port(); number <= PORT_MAX; number++) {
            if (port(node, number) == null) {
                return number;
            }
        }
        throw new BindFailedException(usual, "no port is free");
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
        if (!depart(from, to, bytes)) {
            lost++;
            loop.record(from.node, EventKind.LOST, hash);
        }
    }

    /// False when the datagram is lost on its way to the receiver's edge of the network.
    private boolean depart(Port from, Endpoint to, byte[] bytes) {
        int node = from.node;
        long now = loop.nowNanos();
        int toNode = nodeAt(to);
        if (leavesToChance) {
            chances.next(node);
        }
        boolean dropped = watchers.isWatching() && watchers.drop(now, node, toNode, from.local, to, bytes);
        if (dropped || bytes.length > settings.maxLength()) {
            return false;
        }
        Endpoint source = boxes == null ? from.local : outward(boxes, from, to, toNode, now);
        if (source == null) {
            return false;
        }
        long queued = uplinks == null ? 0 : uplinks.enter(node, now, bytes.length);
        if (queued == AccessQueues.DROPPED || toNode < 0 || rules.loses(node, toNode, now, chances)) {
            return false;
        }
        long start = queued + rules.delayNanos(node, now);
        long base = latency.oneWayNanos(node, toNode);
        if (!leavesToChance) {
            leave(source, to, toNode, bytes, start + base);
            return true;
        }
        return chances.loss() >= settings.loss() && leaveByChance(source, to, toNode, bytes, start, base);
    }

    /// A datagram that is not lost: jitter, holding back, and a second one.
    private boolean leaveByChance(Endpoint from, Endpoint to, int toNode, byte[] bytes, long start, long base) {
        long delay = start + base + (long) (base * settings.jitter() * chances.jitter());
        double hold = chances.hold();
        if (hold < settings.reordering()) {
            delay += (long) (settings.reorderNanos() * (hold / settings.reordering()));
        }
        double twice = chances.twice();
        boolean again = twice < settings.duplication();
        leave(from, to, toNode, bytes, delay);
        if (again) {
            duplicated++;
            leave(from, to, toNode, bytes, delay + (long) (base * (twice / settings.duplication())));
        }
        return true;
    }

    private int nodeAt(Endpoint endpoint) {
        int node = addresses.node(endpoint);
        return node < nodes ? node : -1;
    }

    /// Where the datagram seems to come from outside of the sender's box; null when the box keeps it.
    private static @Nullable Endpoint outward(NatBoxes boxes, Port from, Endpoint to, int toNode, long now) {
        if (boxes.isOpen(from.node)) {
            return from.local;
        }
        int number = boxes.outward(from.node, from.local.port(), to, toNode == from.node, now);
        return number == NatBox.REFUSED ? null : from.outer(number);
    }

    private void leave(Endpoint from, Endpoint to, int toNode, byte[] bytes, long delayNanos) {
        if (toNode >= first && toNode - first < ports.length) {
            loop.after(delayNanos, toNode, EventKind.RECEIVED, new Delivery(toNode, from, to, bytes));
        } else {
            int cause = loop.currentNode();
            long sequence = loop.takeSequence(cause);
            otherShards.toOtherShard(
                    new RemoteDatagram(loop.nowNanos() + delayNanos, cause, sequence, toNode, from, to, bytes));
        }
    }

    /// The arrival of a datagram: the event's action and all that is kept of it.
    private final class Delivery implements Runnable {
        private final int toNode;
        private final Endpoint from;
        private final Endpoint to;
        private final byte[] bytes;
        private boolean isThrough;

        Delivery(int toNode, Endpoint from, Endpoint to, byte[] bytes) {
            this.toNode = toNode;
            this.from = from;
            this.to = to;
            this.bytes = bytes;
            this.isThrough = downlinks == null;
        }

        @Override
        public void run() {
            if (isThrough || downlinks == null) {
                passBox();
                return;
            }
            long queued = downlinks.enter(toNode, loop.nowNanos(), bytes.length);
            if (queued == AccessQueues.DROPPED) {
                lost++;
            } else {
                isThrough = true;
                loop.after(queued, toNode, EventKind.RECEIVED, this);
            }
        }

        private void passBox() {
            int number = boxes == null ? to.port() : boxes.inward(toNode, to.port(), from, loop.nowNanos());
            if (number == NatBox.REFUSED) {
                lost++;
                return;
            }
            Port port = port(toNode, number);
            if (watchers.isWatching()) {
                Endpoint local = port == null ? to : port.local;
                watchers.arrived(toNode, loop.nowNanos(), from, local, bytes);
            }
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
        /// Outside of the node's box, as of the last datagram.
        private @Nullable Endpoint outer;

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

        Endpoint outer(int number) {
            Endpoint known = outer;
            if (known == null || known.port() != number) {
                known = addresses.endpoint(node).withPort(number);
                outer = known;
            }
            return known;
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
