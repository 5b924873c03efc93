package org.privatus.simulation.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A temporary directory that is deleted with all that is in it.
public final class Scratch {
    private Scratch() {}

    public static Path make(Cleanup cleanup) throws IOException {
        Path directory = Files.createTempDirectory("privatus-bench-");
        cleanup.add(() -> delete(directory));
        return directory;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
