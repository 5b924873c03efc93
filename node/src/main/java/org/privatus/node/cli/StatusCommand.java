package org.privatus.node.cli;

import org.privatus.node.control.ControlReply.Status;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.StatusView;
import org.privatus.node.terminal.ExitCodes;
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
        new StatusPage(terminal().out(), PEERS_SHOWN).print(status);
        return ExitCodes.OK;
    }
}
