package org.privatus.node.cli;

import org.privatus.node.control.ControlRequest.Remove;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `privatus remove NAME`.
@Command(
        name = "remove",
        header = "Take a person out of the address book. If they write again, they come as a stranger: see 'privatus"
                + " requests'.",
        footer = "  privatus remove bob")
final class RemoveCommand extends ControlCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Their name in the address book.")
    private String name = "";

    RemoveCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        return tell(new Remove(name));
    }
}
