package org.privatus.node.cli;

import org.privatus.node.control.ContactView;
import org.privatus.node.control.ControlReply.Contacts;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Moments;
import org.privatus.node.terminal.Table;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `privatus contacts`.
@Command(
        name = "contacts",
        header = "List the address book.",
        footer = {"  privatus contacts", "  privatus contacts --json | jq -r '.[].name'"})
final class ContactsCommand extends ControlCommand {
    @Mixin
    private final JsonOption json = new JsonOption();

    ContactsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Contacts reply = ask(new ControlRequest.Contacts(), Contacts.class);
        if (json.isWanted()) {
            sayJson(reply.contacts());
        } else if (reply.contacts().isEmpty()) {
            say("Nobody yet: 'privatus add NAME ADDRESS' puts somebody in the address book.");
        } else {
            print(reply);
        }
        return ExitCodes.OK;
    }

    private void print(Contacts reply) {
        Table table = Table.of("NAME", "STANDING", "ONLINE", "LAST SEEN", "ADDRESS");
        for (ContactView contact : reply.contacts()) {
            table.row(
                    contact.name(),
                    contact.standing(),
                    contact.online() ? "yes" : "no",
                    Moments.text(contact.lastSeenMillis()),
                    contact.address());
        }
        table.print(terminal().out());
    }
}
