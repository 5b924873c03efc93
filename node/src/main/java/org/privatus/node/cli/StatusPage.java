package org.privatus.node.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.privatus.node.control.StatusView;
import org.privatus.node.terminal.Durations;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.Table;

/// How a node is, for people: what `privatus status` prints.
public final class StatusPage {
    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1 << 20;

    private final PrintWriter out;
    private final int peersMost;

    /// @param peersMost peers that are listed
    public StatusPage(PrintWriter out, int peersMost) {
        this.out = out;
        this.peersMost = peersMost;
    }

    /// Everything of interest at a glance.
    public void print(StatusView status) {
        overview(status);
        peers(status);
        circuits(status);
        watched(status.tuner());
    }

    private void overview(StatusView status) {
        StatusView.Dht dht = status.dht();
        StatusView.Messages messages = status.messages();
        fact("node", status.node() + ", up " + Durations.text(status.uptimeMillis()) + ", version " + status.version());
        fact(
                "network",
                status.network() + " (profile " + status.profile() + "), "
                        + (dht.joined() ? "joined" : "not joined: no other node has answered yet"));
        fact("reachable", reachability(status.reachability()));
        fact(
                "dht",
                dht.contacts() + " contacts, " + dht.records() + " records held, " + dht.pool() + " relays known, "
                        + dht.running() + " operations running");
        socket(status.socket());
        fact("relaying", relaying(status.relaying()));
        StatusView.Crypto crypto = status.crypto();
        fact("crypto", crypto.packets() + "; cells: " + crypto.cells() + "; " + crypto.curves() + "; " + crypto.kem());
        fact(
                "person",
                status.person()
                        + (messages.leasePublished() ? ", can be found" : ", cannot be found yet") + "; "
                        + messages.contacts() + " contacts, " + messages.sessions() + " sessions, " + messages.queued()
                        + " messages queued, " + messages.requests() + " requests");
    }

    private static String reachability(StatusView.Reachability reachability) {
        String listening = "listening on " + reachability.listening();
        return switch (reachability.state()) {
            case REACHABLE ->
                "yes, at " + reachability.endpoint() + " (seen by " + reachability.observers() + " peers), "
                        + listening;
            case PRIVATE -> "only from inside, as " + reachability.endpoint() + ", " + listening;
            case UNKNOWN -> "not known yet, " + listening;
        };
    }

    private void socket(StatusView.Socket socket) {
        if (socket.transport().isEmpty()) {
            return;
        }
        fact(
                "socket",
                String.format(
                        Locale.ROOT,
                        "%s, buffers of %.1f MiB asked, granted %.1f to receive and %.1f to send, %d datagrams dropped",
                        socket.transport(),
                        socket.askedBytes() / MEBIBYTE,
                        socket.receiveBytes() / MEBIBYTE,
                        socket.sendBytes() / MEBIBYTE,
                        socket.dropped()));
        if (!socket.hint().isEmpty()) {
            fact("", socket.hint());
        }
    }

    private static String relaying(StatusView.Relaying relaying) {
        return relaying.enabled()
                ? relaying.circuits() + " circuits of others, " + relaying.splices() + " splices, "
                        + relaying.cellsForwarded() + " cells forwarded"
                : "off";
    }

    private void peers(StatusView status) {
        out.println();
        out.println("Peers: " + status.peers().size());
        Table table = Table.of("  NODE", "ENDPOINT", "DIALLED BY", "ROUND TRIP", "CHANNELS", "SECRECY");
        status.peers().stream()
                .limit(peersMost)
                .forEach(peer -> table.row(
                        "  " + peer.node(),
                        peer.endpoint(),
                        peer.weDialed() ? "us" : "them",
                        millis(peer.roundTripMillis()),
                        peer.channels(),
                        peer.secrecy()));
        print(table);
        if (status.peers().size() > peersMost) {
            out.println("  and " + (status.peers().size() - peersMost) + " more: --json lists all");
        }
    }

    private void circuits(StatusView status) {
        out.println();
        out.println("Circuits: " + status.circuits().size());
        Table table = Table.of("  PURPOSE", "STATE", "AGE", "RELAYS");
        for (StatusView.Circuit circuit : status.circuits()) {
            table.row(
                    "  " + circuit.purpose(),
                    circuit.state(),
                    Durations.text(circuit.ageMillis()),
                    String.join(", ", circuit.relays()));
        }
        print(table);
        paths(status.paths());
    }

    private void paths(StatusView.Paths paths) {
        String times = paths.quantileMillis() == 0
                ? "too few to know how long they take"
                : "four of five within " + millis(paths.quantileMillis()) + ", a second one after "
                        + millis(paths.lateMillis());
        out.println("  " + paths.guards() + " first hops stay, and " + paths.secondGuards()
                + " second hops where others come in");
        out.println(
                "  " + paths.built() + " built, " + paths.failed() + " failed, " + paths.late() + " late; " + times);
        if (!paths.purposes().isEmpty()) {
            out.println("  "
                    + String.join(
                            ", ",
                            paths.purposes().entrySet().stream()
                                    .map(purpose -> purpose.getValue() + " " + purpose.getKey())
                                    .toList()));
        }
    }

    private void watched(StatusView.Tuner tuner) {
        StatusView.Machine machine = tuner.machine();
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "Machine: CPU %.0f %% (this process %.0f %%), heap %.0f of %.0f MiB",
                machine.cpuLoad() * PERCENT,
                machine.processCpuLoad() * PERCENT,
                machine.heapUsedBytes() / MEBIBYTE,
                machine.heapMaxBytes() / MEBIBYTE));
        Table queues = Table.of("  QUEUE", "WAITING", "ROOM");
        tuner.queues().forEach(queue -> queues.row("  " + queue.name(), queue.depth(), queue.capacity()));
        print(queues);
        Table latencies = Table.of("  LATENCY", "COUNT", "P50", "P90", "P99", "MAX");
        tuner.latencies()
                .forEach(latency -> latencies.row(
                        "  " + latency.name(),
                        latency.count(),
                        millis(latency.p50Millis()),
                        millis(latency.p90Millis()),
                        millis(latency.p99Millis()),
                        millis(latency.maxMillis())));
        print(latencies);
    }

    private void print(Table table) {
        if (!table.isEmpty()) {
            table.print(out);
        }
    }

    private void fact(String name, String value) {
        out.println(String.format(Locale.ROOT, "%-10s %s", name, RemoteText.line(value)));
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
