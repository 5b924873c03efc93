package org.privatus.simulation.bench.harness;

import org.privatus.node.terminal.Terminal;

/// What a bench is doing, on standard error: one line that is written over where somebody watches, else a line each.
public final class Progress {
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final String bench;

    public Progress(Terminal terminal, String bench) {
        this.terminal = terminal;
        this.bench = bench;
    }

    public void now(String doing) {
        String line = "bench " + bench + ": " + doing;
        if (terminal.interactive()) {
            terminal.err().print(CLEAR + line);
        } else {
            terminal.err().println(line);
        }
        terminal.err().flush();
    }

    /// What is printed next begins on an empty line.
    public void done() {
        if (terminal.interactive()) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
        }
    }
}
