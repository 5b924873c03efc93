package org.privatus.node.cli;

import picocli.CommandLine.Option;

/// `--json`: for programs.
final class JsonOption {
    @Option(
            names = "--json",
            description = "Print JSON, for programs: one line, ASCII only, times in milliseconds since 1970.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }
}
