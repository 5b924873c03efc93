package org.privatus.node.cli;

import org.privatus.node.control.ControlRequest.Block;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `privatus block NAME`.
@Command(
        name = "block",
        header = "Drop everything from a person from now on, without telling them.",
        footer = "  privatus block mallory")
final class BlockCommand extends ControlCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Their name in the address book.")
    private String name = "";

    BlockCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        return tell(new Block(name));
    }
}
