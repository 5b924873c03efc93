package org.privatus.node;

import org.privatus.node.cli.Privatus;
import org.privatus.node.terminal.Terminal;

/// The process's entry point: the command line.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new Privatus(Terminal.system()).run(arguments));
    }
}
