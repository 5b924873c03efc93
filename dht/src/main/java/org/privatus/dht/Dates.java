package org.privatus.dht;

import java.util.concurrent.TimeUnit;

/// What date it is, as the last input that carried one said. Only records with dates need it.
final class Dates {
    private long offsetMillis;

    void observe(long now, long epochMillis) {
        offsetMillis = epochMillis - TimeUnit.NANOSECONDS.toMillis(now);
    }

    long epochMillis(long now) {
        return offsetMillis + TimeUnit.NANOSECONDS.toMillis(now);
    }
}
