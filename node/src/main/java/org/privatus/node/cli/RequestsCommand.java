package org.privatus.node.cli;

import org.privatus.node.control.ControlReply.Requests;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.RequestView;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Moments;
import org.privatus.node.terminal.Table;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `privatus requests` and `privatus requests accept|reject`.
@Command(
        name = "requests",
        synopsisSubcommandLabel = "[accept|reject]",
        header = "List strangers who wrote to you, and decide about them.",
        description = {"A stranger's messages wait, unread and unacknowledged, until you accept them."},
        footer = {
            "  privatus requests",
            "  privatus requests accept 3f9a12cd carol   take them into the address book as carol",
            "  privatus requests reject 3f9a12cd         turn them down; they are not told"
        })
final class RequestsCommand extends ControlCommand {
    @Mixin
    private final JsonOption json = new JsonOption();

    RequestsCommand(Terminal terminal) {
        super(terminal);
    }

    /// With `accept` and `reject`.
    static CommandLine withDecisions(Terminal terminal) {
        return new CommandLine(new RequestsCommand(terminal))
                .addSubcommand(new Accept(terminal))
                .addSubcommand(new Reject(terminal));
    }

    @Override
    public Integer call() {
        Requests reply = ask(new ControlRequest.Requests(), Requests.class);
        if (json.isWanted()) {
            sayJson(reply.requests());
        } else if (reply.requests().isEmpty()) {
            say("No stranger wrote.");
        } else {
            print(reply);
        }
        return ExitCodes.OK;
    }

    private void print(Requests reply) {
        Table table = Table.of("ID", "SINCE", "MESSAGES", "FIRST WORDS");
        for (RequestView request : reply.requests()) {
            table.row(request.id(), Moments.text(request.receivedAtMillis()), request.messages(), request.preview());
        }
        table.print(terminal().out());
    }

    /// `privatus requests accept ID NAME`.
    @Command(
            name = "accept",
            header = "Take a stranger into the address book; their messages move to the inbox.",
            footer = "  privatus requests accept 3f9a12cd carol")
    static final class Accept extends ControlCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "As 'privatus requests' shows it.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "How you call them from now on.")
        private String name = "";

        Accept(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            AddCommand.checkName(name);
            return tell(new ControlRequest.Accept(id, name));
        }
    }

    /// `privatus requests reject ID`.
    @Command(
            name = "reject",
            header = "Turn a stranger down and drop their messages; they are not told.",
            footer = "  privatus requests reject 3f9a12cd")
    static final class Reject extends ControlCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "As 'privatus requests' shows it.")
        private String id = "";

        Reject(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return tell(new ControlRequest.Reject(id));
        }
    }
}
