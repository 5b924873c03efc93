package org.privatus.simulation.scenario.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;

/// The shipped scenarios, and files of the user.
public final class ScenarioLibrary {
    private static final String FOLDER = "/org/privatus/simulation/scenario/";
    private static final String ENDING = ".conf";
    private static final String DEFAULTS = "defaults";
    private static final long LONGEST_FILE = 1 << 20;

    /// In the order in which to show them.
    private static final List<String> NAMES = List.of(
            "people",
            "local",
            "kad-1",
            "normal-load",
            "peak-load",
            "churn",
            "partition",
            "nat-mix",
            "hostile-relays",
            "sybil",
            "flash-crowd");

    private ScenarioLibrary() {}

    public static List<String> names() {
        return NAMES;
    }

    public static boolean isShipped(String name) {
        return NAMES.contains(name);
    }

    /// Every key with its default, its unit and what it means.
    public static ScenarioText defaults() {
        return shipped(DEFAULTS);
    }

    /// A shipped scenario by its name, any other from its file.
    ///
    /// @throws UserError when there is neither
    public static ScenarioText find(String nameOrFile) {
        if (isShipped(nameOrFile) || nameOrFile.equals(DEFAULTS)) {
            return shipped(nameOrFile);
        }
        return file(nameOrFile);
    }

    private static ScenarioText shipped(String name) {
        String resource = FOLDER + name + ENDING;
        try (InputStream in = ScenarioLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new ScenarioText(name, name + ENDING, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("unreadable resource " + resource, e);
        }
    }

    private static ScenarioText file(String given) {
        Path file = path(given);
        if (!Files.exists(file)) {
            throw UserError.usage("there is no scenario or file " + RemoteText.line(given) + "; shipped are "
                    + String.join(", ", NAMES));
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                throw UserError.usage("the scenario " + file + " is no file of at most 1 MiB");
            }
            return new ScenarioText(nameOf(file), given, Files.readString(file));
        } catch (IOException e) {
            throw UserError.usage("the scenario " + file + " cannot be read: " + reason(e));
        }
    }

    private static Path path(String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw UserError.usage(RemoteText.line(given) + " is neither a scenario nor the name of a file");
        }
    }

    private static String reason(IOException failure) {
        return RemoteText.line(failure.getClass().getSimpleName() + " " + failure.getMessage());
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
