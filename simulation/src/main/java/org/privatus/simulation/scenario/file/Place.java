package org.privatus.simulation.scenario.file;

import com.typesafe.config.ConfigOrigin;
import java.util.regex.Pattern;
import org.privatus.node.terminal.RemoteText;

/// Where a key was written, for people: `my.conf:12`, or the option of the command line.
final class Place {
    private static final Pattern LINE = Pattern.compile(": [0-9]+(-[0-9]+)?$");

    private Place() {}

    static String of(ConfigOrigin origin) {
        String file = LINE.matcher(origin.description()).replaceFirst("");
        boolean option = file.startsWith("--");
        return RemoteText.line(option || origin.lineNumber() < 1 ? file : file + ":" + origin.lineNumber());
    }
}
