package org.privatus.node.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.privatus.node.control.ControlClient;
import org.privatus.node.control.ControlCodec;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Mixin;

/// A command that talks to the node that runs.
abstract class ControlCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final DataOption data;

    ControlCommand(Terminal terminal) {
        this.terminal = terminal;
        this.data = new DataOption(terminal);
    }

    final Terminal terminal() {
        return terminal;
    }

    final DataOption data() {
        return data;
    }

    /// A connection to the node, or one line that says that none runs.
    final ControlClient connect() {
        return ControlClient.connect(data.directory())
                .orElseThrow(() ->
                        UserError.runtime("no node runs on " + data.directory().path()
                                + ": start one with 'privatus node" + data.asTyped() + "' in another terminal"));
    }

    /// The reply of a kind that the command expects.
    final <R extends ControlReply> R ask(ControlRequest request, Class<R> expected) {
        try (ControlClient client = connect()) {
            return expect(client.ask(request), expected);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    static <R extends ControlReply> R expect(ControlReply reply, Class<R> expected) {
        if (reply instanceof ControlReply.Failed failed) {
            throw failed.kind().isUsersMistake() ? UserError.usage(failed.line()) : UserError.runtime(failed.line());
        }
        if (!expected.isInstance(reply)) {
            throw UserError.runtime("the node answered something else: it may be of another version; restart it");
        }
        return expected.cast(reply);
    }

    static UserError lost(IOException e) {
        return UserError.runtime(
                "the connection to the node broke (" + e.getMessage() + "): see whether it still runs");
    }

    final void say(String line) {
        terminal.out().println(line);
    }

    final void sayJson(Object value) {
        terminal.out().println(ControlCodec.toJson(value));
    }

    /// Asks for something whose whole answer is a sentence.
    final int tell(ControlRequest request) {
        say(ask(request, ControlReply.Done.class).message());
        return org.privatus.node.terminal.ExitCodes.OK;
    }
}
