package org.privatus.node.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collections;
import java.util.Optional;
import org.privatus.node.control.ControlCodec;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.terminal.Terminal;

/// Loads what the short commands load, and ends: the launcher runs it once per build and keeps the loaded classes in an archive.
final class WarmUp {
    private WarmUp() {}

    public static void main(String[] arguments) throws ControlCodec.BadLineException {
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                false,
                Collections.emptyMap(),
                question -> Optional.empty());
        new Privatus(terminal).run("--help");
        new Privatus(terminal).run("send", "--help");
        new Privatus(terminal).run("send");
        new Privatus(terminal).run("inbox", "--data", "/nowhere");
        ControlCodec.request(ControlCodec.encode(new ControlRequest.Send("name", "text", 1)));
        ControlCodec.reply(ControlCodec.encode(new ControlReply.Done("done")));
    }
}
