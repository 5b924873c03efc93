package org.privatus.node.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.suite.CryptoReport;
import org.privatus.dht.DhtView;
import org.privatus.node.cli.ProgramVersion;
import org.privatus.node.control.StatusView;
import org.privatus.node.host.SocketReport;
import org.privatus.node.link.core.LinkView;
import org.privatus.onion.circuit.CircuitView;
import org.privatus.onion.circuit.CircuitsView;
import org.privatus.onion.relay.RelayView;

/// The views of a node's actors, as far as they came, and the one [StatusView] they make.
final class StatusParts {
    private static final double NANOS_PER_MILLI = 1e6;

    private final StatusCollector.About about;

    LinkManager.@Nullable View links;

    @Nullable
    DhtView dht;

    @Nullable
    CircuitsView circuits;

    @Nullable
    RelayView relay;

    ReachabilityActor.@Nullable View reachability;

    Messenger.@Nullable View messenger;

    StatusView.@Nullable Tuner tuner;

    StatusParts(StatusCollector.About about) {
        this.about = about;
    }

    StatusView assemble() {
        NodeSpec spec = about.spec();
        return new StatusView(
                ProgramVersion.current(),
                spec.network().toString(),
                spec.settings().profile().key(),
                spec.identity().id().toString(),
                spec.person().isPresent() ? "unlocked" : "none",
                TimeUnit.NANOSECONDS.toMillis(about.uptimeNanos()),
                reachability(),
                links == null
                        ? List.of()
                        : links.links().stream().map(this::peer).toList(),
                circuits == null
                        ? List.of()
                        : circuits.circuits().stream().map(this::circuit).toList(),
                paths(),
                dht(),
                relaying(),
                messages(),
                tuner(),
                crypto(),
                socket(),
                counters());
    }

    private StatusView.Crypto crypto() {
        CryptoReport by = about.crypto();
        return new StatusView.Crypto(by.packets(), by.cells(), by.curves(), by.kem());
    }

    private StatusView.Socket socket() {
        return socketReport()
                .map(socket -> new StatusView.Socket(
                        socket.transport(),
                        socket.askedBytes(),
                        socket.receiveBytes(),
                        socket.sendBytes(),
                        socket.dropped(),
                        socket.hint()))
                .orElseGet(() -> new StatusView.Socket("", 0, 0, 0, 0, ""));
    }

    private Optional<SocketReport> socketReport() {
        return links == null ? Optional.empty() : links.socket();
    }

    private StatusView.Reachability reachability() {
        Optional<Endpoint> seen = reachability == null ? Optional.empty() : reachability.endpoint();
        Optional<Endpoint> self = seen.or(about::self).filter(endpoint -> !endpoint.isUnspecified());
        int observers = reachability == null ? 0 : reachability.observers();
        return new StatusView.Reachability(
                reachability == null ? StatusView.Reachability.State.UNKNOWN : reachability.state(),
                about.listening().toString(),
                self.map(Endpoint::toString).orElse(""),
                observers);
    }

    private StatusView.Peer peer(LinkView link) {
        return new StatusView.Peer(
                link.peer().id().toString(),
                link.peer().endpoint().toString(),
                link.dialed(),
                link.smoothedRttNanos() / NANOS_PER_MILLI,
                link.channels(),
                link.secrecy().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private StatusView.Circuit circuit(CircuitView circuit) {
        return new StatusView.Circuit(
                purpose(circuit),
                circuit.state().toLowerCase(Locale.ROOT),
                circuit.hops().stream().map(NodeId::toString).toList(),
                TimeUnit.NANOSECONDS.toMillis(circuit.ageNanos()));
    }

    private StatusView.Paths paths() {
        if (circuits == null) {
            return new StatusView.Paths(0, 0, 0, 0, 0, 0, 0, new TreeMap<>());
        }
        var purposes = new TreeMap<String, Integer>();
        circuits.circuits().forEach(circuit -> purposes.merge(purpose(circuit), 1, Integer::sum));
        return new StatusView.Paths(
                circuits.guards().size(),
                circuits.secondGuards().size(),
                circuits.buildQuantileNanos() / NANOS_PER_MILLI,
                circuits.lateNanos() / NANOS_PER_MILLI,
                circuits.built(),
                circuits.failed(),
                circuits.late(),
                purposes);
    }

    private static String purpose(CircuitView circuit) {
        return circuit.purpose().name().toLowerCase(Locale.ROOT);
    }

    private StatusView.Dht dht() {
        if (dht == null) {
            return new StatusView.Dht(about.joined(), List.of(), 0, 0, about.descriptors(), 0, 0);
        }
        return new StatusView.Dht(
                about.joined(),
                dht.buckets(),
                dht.contacts(),
                dht.records(),
                dht.poolSize(),
                dht.operations(),
                dht.requestsOpen());
    }

    private StatusView.Relaying relaying() {
        boolean enabled = about.spec().settings().process().relay();
        return relay == null
                ? new StatusView.Relaying(enabled, 0, 0, 0)
                : new StatusView.Relaying(enabled, relay.circuits(), relay.splices(), relay.cellsReceived());
    }

    private StatusView.Messages messages() {
        boolean reachable = circuits != null
                && circuits.served().stream()
                        .anyMatch(served -> !served.gateways().isEmpty());
        return messenger == null
                ? new StatusView.Messages(0, 0, 0, 0, reachable)
                : new StatusView.Messages(
                        messenger.contacts(),
                        messenger.queued(),
                        messenger.sessions(),
                        messenger.requests(),
                        reachable);
    }

    /// The supervisor's view, and beside it the queues that others just reported.
    private StatusView.Tuner tuner() {
        if (tuner == null) {
            return new StatusView.Tuner(
                    0, new StatusView.Machine(0, 0, 0, 0, 0, 0, 0, 0), List.of(), List.of(), List.of());
        }
        var queues = new ArrayList<>(tuner.queues());
        if (relay != null) {
            queues.add(new StatusView.Queue(
                    "relay.cells",
                    relay.queuedCells(),
                    about.spec().settings().relay().maxQueuedCells()));
        }
        if (messenger != null) {
            queues.add(new StatusView.Queue("messages.pending", messenger.queued(), messenger.queueCapacity()));
        }
        return new StatusView.Tuner(tuner.samples(), tuner.machine(), queues, tuner.latencies(), tuner.settings());
    }

    private SortedMap<String, Long> counters() {
        var counters = new TreeMap<String, Long>();
        counters.put("node.crashes", about.crashes());
        if (links != null) {
            countLinks(counters, links);
        }
        if (dht != null) {
            counters.put("dht.requests.asked", dht.counters().asked());
            counters.put("dht.requests.answered", dht.counters().answered());
            counters.put("dht.requests.given-up", dht.counters().givenUp());
            counters.put("dht.requests.served", dht.counters().served());
            counters.put("dht.malformed", dht.counters().malformed());
            counters.put("dht.lookups", dht.counters().lookups());
            counters.put("dht.lookup.requests", dht.counters().lookupRequests());
            counters.put("dht.lookup.depth", dht.counters().lookupDepth());
        }
        if (circuits != null) {
            counters.put("circuits.built", circuits.built());
            counters.put("circuits.failed", circuits.failed());
            counters.put("circuits.malformed", circuits.malformed());
        }
        if (relay != null) {
            counters.put("relay.circuits", relay.circuitsCreated());
            counters.put("relay.refused", relay.circuitsRefused());
            counters.put("relay.cells", relay.cellsReceived());
            counters.put("relay.malformed", relay.malformed());
        }
        return counters;
    }

    private static void countLinks(SortedMap<String, Long> counters, LinkManager.View view) {
        var statistics = view.statistics();
        counters.put("link.datagrams.received", statistics.datagramsReceived());
        counters.put("link.datagrams.sent", statistics.datagramsSent());
        counters.put("link.bytes.received", statistics.bytesReceived());
        counters.put("link.bytes.sent", statistics.bytesSent());
        counters.put("link.packets.lost", statistics.packetsLost());
        counters.put("link.opened", statistics.linksOpened());
        counters.put("link.closed", view.linksClosed());
        view.socket().ifPresent(socket -> counters.put("socket.dropped", socket.dropped()));
        counters.put("link.dropped", statistics.droppedInAll());
        statistics
                .dropped()
                .forEach((reason, count) -> counters.put(
                        "link.dropped." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
    }
}
