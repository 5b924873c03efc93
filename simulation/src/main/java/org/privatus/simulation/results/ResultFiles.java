package org.privatus.simulation.results;

import java.util.Optional;
import java.util.regex.Pattern;

/// The names of files in a directory of results.
final class ResultFiles {
    static final String SUMMARY = "summary.json";
    static final String SERIES = "series.csv";
    static final String SCENARIO = "scenario.conf";
    static final String REPORT = "report.html";
    static final String COMPARISON = "compare.html";
    static final String VIOLATIONS = "violations.csv";
    static final String RECORDING = "recording.gz";
    static final String SEEDS = "seeds";
    static final String SEEDS_TABLE = "seeds.csv";

    private static final String MARK = "# PARTIAL: ";
    private static final Pattern OURS = Pattern.compile(
            "summary\\.json|(series|seeds|violations|samples-[a-z-]+)\\.csv|scenario\\.conf|(report|compare)\\.html"
                    + "|recording\\.gz|seeds");
    private static final Pattern ATTACHED =
            Pattern.compile("events[A-Za-z0-9.-]{0,60}|[A-Za-z0-9-]{1,60}\\.pcapng|state\\.txt");

    private ResultFiles() {}

    /// The first line of a text file of a partial result, which readers take as a comment; empty for a whole one.
    static String mark(Optional<String> partial) {
        return partial.map(why -> MARK + why.replaceAll("\\R", " ") + "\n").orElse("");
    }

    static String unmarked(String text) {
        return text.startsWith(MARK) ? text.substring(text.indexOf('\n') + 1) : text;
    }

    static String samples(Metric metric) {
        return "samples-" + metric.key() + ".csv";
    }

    static boolean isAttachment(String name) {
        return ATTACHED.matcher(name).matches();
    }

    /// Whether a file of this name can be a part of a result.
    static boolean isPart(String name) {
        return OURS.matcher(name).matches() || isAttachment(name);
    }
}
