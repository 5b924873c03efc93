package org.privatus.simulation.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.TreeMap;
import org.privatus.node.cli.Privatus;
import org.privatus.node.terminal.Terminal;

/// `privatus simulate` in this process, with nobody at the terminal. What several runs print adds up.
final class CommandLineRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// Its exit code.
    ///
    /// @param arguments after `simulate`, separated by blanks
    int run(String arguments) {
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                new TreeMap<>(),
                question -> Optional.empty());
        return new Privatus(terminal).run(("simulate " + arguments).split(" "));
    }

    /// What was printed as results since the last [#forgetOut()].
    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    void forgetOut() {
        out.getBuffer().setLength(0);
    }

    /// All that was printed, to explain a failure.
    @Override
    public String toString() {
        return out + "\n" + err;
    }
}
