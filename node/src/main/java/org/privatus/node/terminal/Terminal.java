package org.privatus.node.terminal;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where a command runs: its streams and environment. Tests pass their own.
///
/// @param out results, in UTF-8; flushed by whoever writes
/// @param err progress and errors
/// @param interactive whether a person watches standard error: progress may be redrawn, questions asked
public record Terminal(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        Map<String, String> environment,
        PassphrasePrompt passphrases) {

    /// Asks without showing what is typed.
    @FunctionalInterface
    public interface PassphrasePrompt {
        /// What was typed; empty where there is nobody to ask.
        Optional<char[]> ask(String question);
    }

    /// That of this process.
    public static Terminal system() {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return new Terminal(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                console.isPresent(),
                Collections.unmodifiableMap(new TreeMap<>(System.getenv())),
                question -> console.map(keyboard -> keyboard.readPassword("%s: ", question)));
    }

    /// A variable of the environment, empty where it is not set or empty.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
