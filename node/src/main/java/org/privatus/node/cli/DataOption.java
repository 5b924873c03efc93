package org.privatus.node.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Option;

/// `--data DIR`: which node is meant.
final class DataOption {
    private final Terminal terminal;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The node's data directory. Default: $PRIVATUS_DATA, else ~/.privatus.")
    private @Nullable Path given;

    DataOption(Terminal terminal) {
        this.terminal = terminal;
    }

    DataDirectory directory() {
        return new DataDirectory(Optional.ofNullable(given)
                .or(() -> terminal.variable("PRIVATUS_DATA").map(Path::of))
                .orElseGet(DataOption::inHome));
    }

    /// ` --data DIR` when it must be typed again to mean the same node, else nothing.
    String asTyped() {
        return given == null ? "" : " --data " + given;
    }

    private static Path inHome() {
        String home = System.getProperty("user.home", "");
        if (home.isEmpty() || home.equals("?")) {
            throw UserError.usage("this user has no home directory: say where the node's data is with --data DIR");
        }
        return Path.of(home, ".privatus");
    }
}
