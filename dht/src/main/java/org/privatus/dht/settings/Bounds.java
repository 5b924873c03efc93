package org.privatus.dht.settings;

import java.time.Duration;

/// Checks that say which key is wrong and what is allowed.
final class Bounds {
    private static final String ROOT = "privatus.dht.";

    private Bounds() {}

    static void within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(key, Long.toString(value), Long.toString(least), Long.toString(most));
        }
    }

    static void within(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(key, text(value), text(least), text(most));
        }
    }

    private static IllegalArgumentException refused(String key, String value, String least, String most) {
        return new IllegalArgumentException(ROOT + key + " is " + value + "; allowed: " + least + " to " + most);
    }

    private static String text(Duration duration) {
        boolean wholeSeconds = duration.toMillis() % 1_000 == 0;
        return wholeSeconds ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
