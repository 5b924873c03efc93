package org.privatus.node.cli;

import org.privatus.node.control.ControlRequest.Rename;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `privatus rename NAME NEW_NAME`.
@Command(
        name = "rename",
        header = "Call a person of the address book something else.",
        footer = "  privatus rename bob robert")
final class RenameCommand extends ControlCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name until now.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NEW_NAME", description = "The name from now on.")
    private String newName = "";

    RenameCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        AddCommand.checkName(newName);
        return tell(new Rename(name, newName));
    }
}
