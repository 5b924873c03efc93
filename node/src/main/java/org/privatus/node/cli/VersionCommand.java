package org.privatus.node.cli;

import java.io.IOException;
import org.privatus.node.control.ControlClient;
import org.privatus.node.control.ControlReply.Version;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;

/// `privatus version`.
@Command(
        name = "version",
        header = "Print the version of this program and, if one runs, of the node.",
        footer = "  privatus version")
final class VersionCommand extends ControlCommand {
    VersionCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        say("privatus " + ProgramVersion.current() + " (" + ProgramVersion.runtime() + ")");
        ControlClient.connect(data().directory()).ifPresent(this::sayNodes);
        return ExitCodes.OK;
    }

    private void sayNodes(ControlClient client) {
        try (client) {
            Version node = expect(client.ask(new ControlRequest.Version()), Version.class);
            say("node     " + node.version() + " (" + node.runtime() + ")");
        } catch (IOException e) {
            throw lost(e);
        }
    }
}
