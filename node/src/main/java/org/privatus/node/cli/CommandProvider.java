package org.privatus.node.cli;

import java.util.List;
import org.privatus.node.terminal.Terminal;

/// Adds commands to `privatus`. Found by [java.util.ServiceLoader]: a module names its implementation in
/// `META-INF/services/org.privatus.node.cli.CommandProvider`.
///
/// Providers are asked at every start, `--help` included: neither a provider nor the fields and method signatures of
/// its commands may
/// mention classes that are dear to load (actors, sockets, stores); a command's body may.
public interface CommandProvider {
    /// Objects of classes annotated with picocli's `@Command` that implement `Callable<Integer>`, the integer being
    /// the exit code.
    /// A [org.privatus.node.terminal.UserError] thrown by one is printed as one line.
    List<Object> commands(Terminal terminal);
}
