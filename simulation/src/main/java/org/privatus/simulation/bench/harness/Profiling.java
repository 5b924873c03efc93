package org.privatus.simulation.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.node.terminal.UserError;

/// Whether processes are to be recorded, and where the recordings go.
public final class Profiling {
    private final Optional<Path> directory;
    private final List<String> lines = new ArrayList<>();

    private Profiling(Optional<Path> directory) {
        this.directory = directory;
    }

    public static Profiling none() {
        return new Profiling(Optional.empty());
    }

    /// Recordings are made, and kept there.
    ///
    /// @throws UserError if the directory cannot be made
    public static Profiling into(Path directory) {
        try {
            return new Profiling(Optional.of(Files.createDirectories(directory.toAbsolutePath())));
        } catch (IOException e) {
            throw UserError.runtime("cannot use the directory " + directory + ": choose another with --profile DIR");
        }
    }

    public boolean isWanted() {
        return directory.isPresent();
    }

    /// Where the recording of this part of the bench goes.
    public Path place(String part) throws IOException {
        return Files.createDirectories(directory.orElseThrow().resolve(part));
    }

    /// Sums up recordings that were written.
    public void sumUp(String part, List<Path> recordings) throws IOException {
        for (Path recording : recordings) {
            String process = String.valueOf(recording.getFileName()).replace(".jfr", "");
            lines.add("");
            lines.addAll(HotMethods.of(recording).lines(part + ", " + process));
        }
    }

    /// What is to be shown below the table.
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
