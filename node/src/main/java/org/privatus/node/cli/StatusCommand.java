package org.privatus.node.cli;

import java.util.Locale;
import org.privatus.node.control.ControlReply.Status;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.StatusView;
import org.privatus.node.terminal.Durations;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.Table;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `privatus status`.
@Command(
        name = "status",
        header = "Show how the node is: peers, circuits, DHT, reachability, queues, latencies.",
        description = {"It names no correspondent. Relays appear by the first digits of their id."},
        footer = {
            "  privatus status",
            "  privatus status --json | jq .dht.contacts",
            "  privatus status --json | jq .counters      everything that is counted"
        })
final class StatusCommand extends ControlCommand {
    private static final int PEERS_SHOWN = 20;
    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1 << 20;

    @Mixin
    private final JsonOption json = new JsonOption();

    StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        StatusView status = ask(new ControlRequest.Status(), Status.class).status();
        if (json.isWanted()) {
            sayJson(status);
            return ExitCodes.OK;
        }
        overview(status);
        peers(status);
        circuits(status);
        watched(status.tuner());
        return ExitCodes.OK;
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
        fact("relaying", relaying(status.relaying()));
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

    private static String relaying(StatusView.Relaying relaying) {
        return relaying.enabled()
                ? relaying.circuits() + " circuits of others, " + relaying.splices() + " splices, "
                        + relaying.cellsForwarded() + " cells forwarded"
                : "off";
    }

    private void peers(StatusView status) {
        say("");
        say("Peers: " + status.peers().size());
        Table table = Table.of("  NODE", "ENDPOINT", "DIALLED BY", "ROUND TRIP", "CHANNELS");
        status.peers().stream()
                .limit(PEERS_SHOWN)
                .forEach(peer -> table.row(
                        "  " + peer.node(),
                        peer.endpoint(),
                        peer.weDialed() ? "us" : "them",
                        millis(peer.roundTripMillis()),
                        peer.channels()));
        print(table);
        if (status.peers().size() > PEERS_SHOWN) {
            say("  and " + (status.peers().size() - PEERS_SHOWN) + " more: --json lists all");
        }
    }

    private void circuits(StatusView status) {
        say("");
        say("Circuits: " + status.circuits().size());
        Table table = Table.of("  PURPOSE", "STATE", "AGE", "RELAYS");
        for (StatusView.Circuit circuit : status.circuits()) {
            table.row(
                    "  " + circuit.purpose(),
                    circuit.state(),
                    Durations.text(circuit.ageMillis()),
                    String.join(", ", circuit.relays()));
        }
        print(table);
    }

    private void watched(StatusView.Tuner tuner) {
        StatusView.Machine machine = tuner.machine();
        say("");
        say(String.format(
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
            table.print(terminal().out());
        }
    }

    private void fact(String name, String value) {
        say(String.format(Locale.ROOT, "%-10s %s", name, RemoteText.line(value)));
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
