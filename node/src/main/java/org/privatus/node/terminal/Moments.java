package org.privatus.node.terminal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Points in time as people read them.
public final class Moments {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Moments() {}

    /// In this machine's time zone; `never` for 0.
    public static String text(long epochMillis) {
        return epochMillis <= 0
                ? "never"
                : FORM.format(Instant.ofEpochMilli(epochMillis).atZone(ZoneId.systemDefault()));
    }
}
