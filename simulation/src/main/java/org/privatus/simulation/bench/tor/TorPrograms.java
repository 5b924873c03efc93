package org.privatus.simulation.bench.tor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;

/// An installed tor.
///
/// @param tor the program
/// @param gencert makes the keys of authorities
/// @param version as it says itself
record TorPrograms(Path tor, Path gencert, String version) {
    private static final List<String> USUAL_PLACES =
            List.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin");

    /// @throws UserError if there is none
    static TorPrograms find(Terminal terminal) throws IOException {
        Path tor = find("tor", terminal).orElseThrow(() -> missing("tor"));
        Path gencert = find("tor-gencert", terminal).orElseThrow(() -> missing("tor-gencert"));
        return new TorPrograms(tor, gencert, version(tor));
    }

    private static UserError missing(String program) {
        return UserError.runtime("--against tor needs the program " + program
                + ", which is not installed here: install the package 'tor' of your system, or leave --against out");
    }

    private static Optional<Path> find(String program, Terminal terminal) {
        Stream<String> path = Arrays.stream(terminal.variable("PATH").orElse("").split(File.pathSeparator));
        return Stream.concat(path.filter(place -> !place.isEmpty()), USUAL_PLACES.stream())
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The first line of `tor --version`, without its end: `Tor 0.4.9.11`.
    private static String version(Path tor) throws IOException {
        Process process = new ProcessBuilder(tor.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String first = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("Tor");
        return first.replaceFirst("^Tor version ", "Tor ").replaceFirst("\\.$", "");
    }
}
