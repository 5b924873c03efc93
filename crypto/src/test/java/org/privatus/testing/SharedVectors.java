package org.privatus.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where published test vectors and measurements lie: in the nearest directory `shared` beside the repository or above. It
/// is not part of the repository, so a test that needs it is skipped where it is missing.
public final class SharedVectors {
    private SharedVectors() {}

    /// The file or directory at `relative` below `shared/vectors`; the calling test is skipped if there is none.
    public static Path vectors(String relative) {
        return shared("vectors/" + relative);
    }

    /// The file or directory at `relative` below `shared`; the calling test is skipped if there is none.
    public static Path shared(String relative) {
        for (Path above = repository().getParent(); above != null; above = above.getParent()) {
            Path path = above.resolve("shared").resolve(relative);
            if (Files.exists(path)) {
                return path;
            }
        }
        return abort("no shared/" + relative + " beside or above the repository");
    }

    /// The root of the repository, seen from the module that is being tested.
    public static Path repository() {
        Path module =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
        for (Path directory = module; directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve(".mvn"))) {
                return directory;
            }
        }
        throw new IllegalStateException("no repository above " + module);
    }
}
