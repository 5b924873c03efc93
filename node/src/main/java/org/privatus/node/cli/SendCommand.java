package org.privatus.node.cli;

import java.time.Duration;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlReply.Acknowledged;
import org.privatus.node.control.ControlReply.Queued;
import org.privatus.node.control.ControlRequest.Send;
import org.privatus.node.terminal.Durations;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `privatus send NAME TEXT|-`.
@Command(
        name = "send",
        header = "Send a message and wait until it is acknowledged.",
        description = {
            "The message is kept before it is sent. If nobody acknowledges it in time, it stays queued and the node"
                    + " goes on trying; the exit code is 3 then."
        },
        footer = {
            "  privatus send bob \"see you at eight\"",
            "  privatus send bob - < letter.txt         from standard input: arguments show in process lists",
            "  privatus send bob hello --timeout 2m     wait longer",
            "  privatus send bob hello --timeout 0s     only queue it"
        })
final class SendCommand extends ControlCommand {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Parameters(index = "0", paramLabel = "NAME", description = "Their name in the address book.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TEXT|-", description = "The message, in quotes; or - for standard input.")
    private String text = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long to wait for the acknowledgement, at most 1h. Default: ${DEFAULT-VALUE}.")
    private String timeout = "";

    @Mixin
    private final JsonOption json = new JsonOption();

    SendCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Duration patience = Durations.parse(timeout);
        if (patience.compareTo(LONGEST) > 0) {
            throw UserError.usage("--timeout is longer than 1h: the message stays queued anyway, so wait less");
        }
        String message = StandardInput.orArgument(terminal(), text);
        if (message.isBlank()) {
            throw UserError.usage("the message is empty: write something");
        }
        ControlReply reply = ask(new Send(name, message, patience.toMillis()), ControlReply.class);
        return switch (reply) {
            case Acknowledged acknowledged -> show(acknowledged);
            case Queued queued -> show(queued);
            default -> throw UserError.runtime(expect(reply, Acknowledged.class).toString());
        };
    }

    private int show(Acknowledged reply) {
        if (json.isWanted()) {
            sayJson(reply);
        } else {
            String gateway = reply.gateway().isEmpty() ? "" : " | " + reply.gateway();
            say("Delivered to " + RemoteText.line(name) + " in " + Durations.text(reply.elapsedMillis()) + " through "
                    + String.join(", ", reply.relays()) + gateway + ", acknowledged.");
        }
        return ExitCodes.OK;
    }

    private int show(Queued reply) {
        if (json.isWanted()) {
            sayJson(reply);
        } else {
            String reason = reply.reason().isEmpty() ? "" : " (" + RemoteText.line(reply.reason()) + ")";
            say("Not acknowledged after " + Durations.text(reply.elapsedMillis()) + reason
                    + ": queued, and the node goes on trying. 'privatus why " + RemoteText.line(name) + data().asTyped()
                    + "' shows what was tried.");
        }
        return ExitCodes.QUEUED;
    }
}
