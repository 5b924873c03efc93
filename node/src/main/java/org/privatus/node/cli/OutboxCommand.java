package org.privatus.node.cli;

import org.privatus.node.control.ControlReply.Messages;
import org.privatus.node.control.ControlRequest.Outbox;
import org.privatus.node.control.MessageView;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `privatus outbox`.
@Command(
        name = "outbox",
        header = "Show your messages that nobody acknowledged yet. The node goes on trying to deliver them.",
        footer = {"  privatus outbox", "  privatus outbox --json"})
final class OutboxCommand extends ControlCommand {
    private static final int MOST = 1_000;

    @Mixin
    private final JsonOption json = new JsonOption();

    OutboxCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Messages reply = ask(new Outbox(MOST), Messages.class);
        if (json.isWanted()) {
            sayJson(reply.messages());
        } else if (reply.messages().isEmpty()) {
            say("Nothing waits: every message was acknowledged.");
        } else {
            for (MessageView message : reply.messages()) {
                say(MessageLines.waiting(message));
            }
        }
        return ExitCodes.OK;
    }
}
