package org.privatus.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which program this is.
public final class ProgramVersion {
    private ProgramVersion() {}

    /// As Maven built it, such as `0.1.0`.
    public static String current() {
        var properties = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream("/org/privatus/node/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    /// Such as `Java 25.0.1, Linux amd64`.
    public static String runtime() {
        return "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }
}
