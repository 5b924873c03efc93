package org.privatus.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.ServiceLoader;
import org.privatus.node.control.ControlCodec;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.node.terminal.Terminal;

/// Loads what the short commands load, or with a directory as argument what a node loads, and ends. The launcher runs both once per
/// build and keeps the loaded classes in archives.
final class WarmUp {
    private WarmUp() {}

    public static void main(String[] arguments) throws IOException, ControlCodec.BadLineException {
        if (arguments.length == 0) {
            commands();
        } else {
            node(new DataDirectory(Path.of(arguments[0])));
        }
        System.exit(0);
    }

    private static void commands() throws ControlCodec.BadLineException {
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

    private static void node(DataDirectory home) throws IOException {
        var settings = SettingsLoader.load(SettingsSources.defaults(Profile.DEV));
        NodeRunner runner = ServiceLoader.load(NodeRunner.class).findFirst().orElseThrow();
        DataDirectory.Claim claim = home.claim();
        try {
            runner.start(new NodeRunner.NodeStart(
                            home, settings, Optional.empty(), fresh -> Optional.empty(), line -> {}))
                    .close();
        } finally {
            claim.close();
        }
    }
}
