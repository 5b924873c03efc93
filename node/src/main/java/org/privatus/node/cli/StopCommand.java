package org.privatus.node.cli;

import java.io.IOException;
import org.privatus.node.control.ControlClient;
import org.privatus.node.control.ControlReply.Done;
import org.privatus.node.control.ControlRequest.Stop;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;

/// `privatus stop`.
@Command(
        name = "stop",
        header = "End the node that runs, as Ctrl-C in its terminal does, and wait until it has ended. Queued messages"
                + " stay.",
        footer = {"  privatus stop", "  privatus stop --data /srv/relay"})
final class StopCommand extends ControlCommand {
    StopCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        try (ControlClient client = connect()) {
            expect(client.ask(new Stop()), Done.class);
            client.awaitEnd();
            say("The node has stopped. Queued messages stay.");
        } catch (IOException e) {
            throw lost(e);
        }
        return ExitCodes.OK;
    }
}
