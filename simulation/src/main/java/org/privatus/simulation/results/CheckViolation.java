package org.privatus.simulation.results;

import java.util.Comparator;

/// Something that must hold throughout and did not.
///
/// @param check its name in the scenario
/// @param node where, or -1 where it is nobody's in particular
/// @param line what was found, for a person; cut at [#LINE_MAX] characters
public record CheckViolation(String check, int node, long timeNanos, String line)
        implements Comparable<CheckViolation> {
    public static final int LINE_MAX = 500;
    public static final int NAME_MAX = 100;

    /// The name of the check that no actor fails, which every workload makes.
    public static final String NO_CRASHES = "no-crashes";

    private static final Comparator<CheckViolation> ORDER = Comparator.comparingLong(CheckViolation::timeNanos)
            .thenComparingInt(CheckViolation::node)
            .thenComparing(CheckViolation::check)
            .thenComparing(CheckViolation::line);

    public CheckViolation {
        if (check.isEmpty() || check.length() > NAME_MAX) {
            throw new IllegalArgumentException("a check's name has 1 to " + NAME_MAX + " characters");
        }
        line = line.length() > LINE_MAX ? line.substring(0, LINE_MAX) : line;
    }

    @Override
    public int compareTo(CheckViolation other) {
        return ORDER.compare(this, other);
    }
}
