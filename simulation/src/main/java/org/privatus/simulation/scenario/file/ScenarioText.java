package org.privatus.simulation.scenario.file;

/// A scenario as it was written.
///
/// @param place for messages: the path of the file
public record ScenarioText(String name, String place, String hocon) {
    private static final String COMMENT = "#";

    /// What the comment at its head says, as one line.
    public String headline() {
        return hocon.lines()
                .takeWhile(line -> line.startsWith(COMMENT))
                .findFirst()
                .map(line -> line.substring(COMMENT.length()).strip())
                .orElse("");
    }
}
