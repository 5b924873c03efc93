package org.privatus.node.cli;

import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.node.control.ContactName;
import org.privatus.node.control.ControlRequest.AddContact;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `privatus add NAME ADDRESS|-`.
@Command(
        name = "add",
        header = "Put a person in the address book.",
        description = {
            "The address is the one line that 'privatus id' prints on their side. Whoever holds your address may write"
                    + " to you; whoever you add can be written to under NAME."
        },
        footer = {
            "  privatus add bob pvp0g00…      the address as an argument",
            "  privatus add bob - < bob.txt   from standard input: arguments show in process lists"
        })
final class AddCommand extends ControlCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "How you call them; nobody else sees it.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ADDRESS|-", description = "Their address, or - for standard input.")
    private String address = "";

    AddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        checkName(name);
        String line = StandardInput.orArgument(terminal(), address).strip();
        try {
            PersonAddress.parse(line);
        } catch (BadAddressException e) {
            throw UserError.usage(String.valueOf(e.getMessage()));
        }
        return tell(new AddContact(name, line));
    }

    static void checkName(String name) {
        ContactName.problem(name).ifPresent(problem -> {
            throw UserError.usage(problem);
        });
    }
}
