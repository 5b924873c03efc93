package org.privatus.node.cli;

import java.io.IOException;
import org.privatus.node.control.ControlClient;
import org.privatus.node.control.ControlReply.Messages;
import org.privatus.node.control.ControlRequest.Inbox;
import org.privatus.node.control.MessageView;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `privatus inbox`.
@Command(
        name = "inbox",
        header = "Show messages that arrived, oldest first.",
        footer = {
            "  privatus inbox                    the last 50",
            "  privatus inbox --follow           and those to come, until Ctrl-C",
            "  privatus inbox --after 120 --json for programs: what came after the message with sequence 120",
            "  privatus inbox -f --json          one message per line"
        })
final class InboxCommand extends ControlCommand {
    private static final int MOST = 1_000;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing messages as they arrive, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Show at most N, 1 to " + MOST + ". Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "SEQUENCE",
            defaultValue = "-1",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Show those after this sequence number (see --json). Default: the latest.")
    private long after;

    @Mixin
    private final JsonOption json = new JsonOption();

    private long shown;

    InboxCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw UserError.usage("--limit is " + limit + ": allowed is 1 to " + MOST);
        }
        Messages reply = ask(new Inbox(after, limit), Messages.class);
        if (follow) {
            reply.messages().forEach(this::show);
            shown = Math.max(shown, Math.max(after, 0));
            if (reply.messages().isEmpty() && after < 0) {
                shown = reply.lastSequence();
            }
            follow();
        } else if (json.isWanted()) {
            sayJson(reply.messages());
        } else if (reply.messages().isEmpty()) {
            say("No messages.");
        } else {
            reply.messages().forEach(this::show);
        }
        return ExitCodes.OK;
    }

    /// Connects again when the node cut off a slow reader; ends with the node.
    private void follow() {
        terminal().err().println("Waiting for messages; Ctrl-C ends.");
        while (true) {
            long before = shown;
            try (ControlClient client = connect()) {
                client.follow(shown, this::show);
            } catch (IOException e) {
                throw lost(e);
            }
            if (shown == before) {
                throw UserError.runtime("the node stopped: no more messages come in until it runs again");
            }
        }
    }

    private void show(MessageView message) {
        if (json.isWanted()) {
            sayJson(message);
        } else {
            say(MessageLines.received(message));
        }
        terminal().out().flush();
        shown = Math.max(shown, message.sequence());
    }
}
