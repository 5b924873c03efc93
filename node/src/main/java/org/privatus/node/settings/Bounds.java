package org.privatus.node.settings;

import java.time.Duration;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.terminal.Durations;

/// Checks that say which key is wrong and what is allowed. Keys are below `privatus`.
final class Bounds {
    private Bounds() {}

    static void within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw bad(key, Long.toString(value), least + " to " + most);
        }
    }

    static void within(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw bad(
                    key,
                    Durations.text(value.toMillis()),
                    Durations.text(least.toMillis()) + " to " + Durations.text(most.toMillis()));
        }
    }

    static void share(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw bad(key, Double.toString(value), "0 to 1");
        }
    }

    static void address(String key, String value) {
        try {
            Endpoint.parse(value);
        } catch (IllegalArgumentException e) {
            throw bad(key, "'" + value + "'", "ADDRESS:PORT, such as 0.0.0.0:7400 or [::]:7400, port 0 for any");
        }
    }

    static void oneOf(String key, String value, String first, String second) {
        if (!value.equals(first) && !value.equals(second)) {
            throw bad(key, "'" + value + "'", first + " or " + second);
        }
    }

    private static IllegalArgumentException bad(String key, String value, String allowed) {
        return new IllegalArgumentException("privatus." + key + " is " + value + "; allowed: " + allowed);
    }
}
