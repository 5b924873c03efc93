package org.privatus.node.cli;

import org.privatus.node.control.ControlReply.Address;
import org.privatus.node.control.ControlRequest.Identify;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `privatus id`.
@Command(
        name = "id",
        header = "Print your address: one line, checksummed, safe to paste.",
        description = {
            "Give it to people who may write to you, over a channel you trust; whoever holds it can also see when you"
                    + " are reachable. With --node it is the node's KEY@HOST:PORT, which anybody may know."
        },
        footer = {
            "  privatus id                                    my address",
            "  privatus id --node                             what others give to 'privatus node --join'",
            "  privatus id --data /tmp/alice | privatus add alice - --data /tmp/bob"
        })
final class IdCommand extends ControlCommand {
    @Option(names = "--node", description = "The node's KEY@HOST:PORT instead.")
    private boolean node;

    IdCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        say(RemoteText.line(ask(new Identify(node), Address.class).address()));
        return ExitCodes.OK;
    }
}
