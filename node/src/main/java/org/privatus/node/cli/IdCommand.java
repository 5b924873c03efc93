package org.privatus.node.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.node.control.ControlClient;
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
                + " are reachable. It needs no running node. With --node it is the running node's KEY@HOST:PORT, which"
                + " anybody may know."
        },
        footer = {
            "  privatus id                                    my address",
            "  privatus id --node                             what others give to 'privatus node --join'",
            "  privatus id --data /tmp/alice | privatus add alice - --data /tmp/bob"
        })
final class IdCommand extends ControlCommand {
    @Option(names = "--node", description = "The node's KEY@HOST:PORT instead.")
    private boolean node;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "If no node runs and the keys have a passphrase: from the first line of FILE. Default: ask.")
    private @Nullable Path passphraseFile;

    IdCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Optional<ControlClient> running = ControlClient.connect(data().directory());
        running.ifPresent(ControlClient::close);
        Optional<String> resting = running.isPresent() || node ? Optional.empty() : atRest();
        say(RemoteText.line(
                resting.orElseGet(() -> ask(new Identify(node), Address.class).address())));
        return ExitCodes.OK;
    }

    private Optional<String> atRest() {
        var passphrase = new PassphraseSource(terminal(), Optional.ofNullable(passphraseFile), false);
        return KeysAtRest.address(data().directory(), passphrase);
    }
}
