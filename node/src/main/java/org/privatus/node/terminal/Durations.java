package org.privatus.node.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write and read them.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /// `500ms`, `30s`, `10m`, `2h` or `1d`.
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw UserError.usage("'" + RemoteText.line(text)
                    + "' is not a length of time: write a number and a unit, such as 500ms, 30s, 10m or 2h");
        }
        long count = Long.parseLong(form.group(1));
        return Duration.ofMillis(count * unit(form.group(2)));
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> DAY;
        };
    }

    /// Two units at most: `420 ms`, `3.2 s`, `5 m 10 s`, `3 h 2 m`, `4 d 1 h`.
    public static String text(long millis) {
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND);
        }
        if (millis < HOUR) {
            return two(millis, MINUTE, "m", SECOND, "s");
        }
        return millis < DAY ? two(millis, HOUR, "h", MINUTE, "m") : two(millis, DAY, "d", HOUR, "h");
    }

    private static String two(long millis, long large, String largeName, long small, String smallName) {
        return millis / large + " " + largeName + " " + millis % large / small + " " + smallName;
    }
}
