package org.privatus.simulation.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.Datagrams;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.Mix;

/// Carries datagrams between nodes in virtual time. Each node has one public IPv4 address, alone in its /24.
///
/// Every draw of chance comes from the sender's own stream, four per datagram, whatever becomes of it: a rule that drops one
/// datagram changes the fate of no other. A datagram is copied when it is sent, so neither end can change it for the other.
public final class SimulatedNetwork {
    /// The port a node gets that leaves the choice to the host.
    public static final int DEFAULT_PORT = 4460;

    // First octets 20–99: nothing there is reserved. The multiplier spreads neighbours and shares no factor with the
    // count.
    private static final int FIRST_OCTET = 20;
    private static final int GROUPS = 80 << 16;
    private static final long GROUP_STEP = 2_654_435_761L;

    private final EventLoop loop;
    private final NetworkSettings settings;
    private final LatencyModel latency;
    private final Map<Endpoint, Port> ports = new LinkedHashMap<>();
    private final Map<Endpoint, Integer> nodes = new LinkedHashMap<>();
    private final List<CounterRandom> chances = new ArrayList<>();
    private final List<WireTap> taps = new ArrayList<>();
    private final List<DropRule> rules = new ArrayList<>();
    private long sent;
    private long sentBytes;
    private long delivered;
    private long lost;
    private long duplicated;

    public SimulatedNetwork(EventLoop loop, NetworkSettings settings, LatencyModel latency, long seed, int nodeCount) {
        this.loop = loop;
        this.settings = settings;
        this.latency = latency;
        for (int node = 0; node < nodeCount; node++) {
            nodes.put(addressOf(node), node);
            chances.add(CounterRandom.of(seed, node, "network", 0));
        }
    }

    /// Where a node is reached on its default port.
    public static Endpoint endpointOf(int node) {
        return addressOf(node).withPort(DEFAULT_PORT);
    }

    private static Endpoint addressOf(int node) {
        int group = (int) (node * GROUP_STEP % GROUPS);
        int host = 1 + node / GROUPS;
        byte[] address = {(byte) (FIRST_OCTET + (group >> 16)), (byte) (group >> 8), (byte) group, (byte) host};
        return Endpoint.of(address, 0);
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
        ports.values().removeIf(port -> port.node == node);
    }

    public NetworkStatistics statistics() {
        return new NetworkStatistics(sent, sentBytes, delivered, lost, duplicated);
    }

    private DatagramPort bind(int node, Endpoint local, DatagramListener listener) throws BindFailedException {
        Endpoint address = addressOf(node);
        if (!local.isUnspecified() && !local.isLoopback() && !local.hasAddressOf(address)) {
            throw new BindFailedException(local, local + " is not an address of this machine");
        }
        Endpoint bound = local.port() == 0 ? freePort(address) : address.withPort(local.port());
        if (ports.containsKey(bound)) {
            throw new BindFailedException(local, "port " + bound.port() + " is taken");
        }
        var port = new Port(node, bound, listener);
        ports.put(bound, port);
        return port;
    }

    private Endpoint freePort(Endpoint address) {
        int port = DEFAULT_PORT;
        while (ports.containsKey(address.withPort(port))) {
            port++;
        }
        return address.withPort(port);
    }

    private void send(Port from, Endpoint to, byte[] datagram, int length) {
        byte[] bytes = Arrays.copyOf(datagram, length);
        sent++;
        sentBytes += length;
        long hash = Mix.of(Mix.of(to.group(), to.port()), bytes, 0, length);
        loop.record(from.node, EventKind.SENT, hash);
        CounterRandom chance = chances.get(from.node);
        double lossDraw = chance.nextDouble();
        double jitterDraw = chance.nextDouble();
        double holdDraw = chance.nextDouble();
        double twiceDraw = chance.nextDouble();
        Integer node = nodes.get(to.withPort(0));
        int toNode = node == null ? -1 : node;
        boolean dropped = isDropped(from, to, toNode, bytes);
        if (toNode < 0 || dropped || lossDraw < settings.loss() || length > settings.maxLength()) {
            lost++;
            loop.record(from.node, EventKind.LOST, hash);
            return;
        }
        long base = latency.oneWayNanos(from.node, toNode);
        long delay = base + (long) (base * settings.jitter() * jitterDraw);
        if (holdDraw < settings.reordering()) {
            delay += (long) (settings.reorderNanos() * (holdDraw / settings.reordering()));
        }
        deliver(from.local, to, toNode, bytes, delay);
        if (twiceDraw < settings.duplication()) {
            duplicated++;
            long later = delay + (long) (base * (twiceDraw / settings.duplication()));
            deliver(from.local, to, toNode, bytes.clone(), later);
        }
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

    private void deliver(Endpoint from, Endpoint to, int toNode, byte[] bytes, long delayNanos) {
        loop.after(delayNanos, toNode, EventKind.RECEIVED, () -> {
            @Nullable Port port = ports.get(to);
            if (port == null) {
                lost++;
            } else {
                delivered++;
                port.listener.received(from, bytes, 0, bytes.length);
            }
        });
    }

    private final class Port implements DatagramPort {
        private final int node;
        private final Endpoint local;
        private final DatagramListener listener;

        Port(int node, Endpoint local, DatagramListener listener) {
            this.node = node;
            this.local = local;
            this.listener = listener;
        }

        @Override
        public Endpoint local() {
            return local;
        }

        @Override
        public void send(Endpoint to, byte[] datagram, int length) {
            if (isOpen()) {
                SimulatedNetwork.this.send(this, to, datagram, length);
            }
        }

        @Override
        public void close() {
            if (isOpen()) {
                ports.remove(local);
            }
        }

        @SuppressWarnings("ReferenceEquality") // the port that is open now may be another on the same endpoint
        private boolean isOpen() {
            return ports.get(local) == this;
        }
    }
}
