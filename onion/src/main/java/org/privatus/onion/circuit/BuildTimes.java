package org.privatus.onion.circuit;

import java.time.Duration;
import java.util.Arrays;

/// How long a circuit may take to be built: learned from the last 200 that were, in bins of 10 ms (after Tor's
/// path-spec, "learning when to give up"). Tor gives up at the 80 % quantile and so on a fifth of its circuits; we allow
/// twice that quantile, and never less than 2 s, because a pool may have few relays.
final class BuildTimes {
    private static final int KEPT = 200;
    private static final int ENOUGH = 20;
    private static final int BIN_MILLIS = 10;
    private static final int FLOOR_MILLIS = 2_000;

    private final int initialMillis;
    private final short[] bins = new short[KEPT];
    private int recorded;

    BuildTimes(Duration initial) {
        this.initialMillis = (int) initial.toMillis();
    }

    void record(long nanos) {
        long bin = nanos / 1_000_000 / BIN_MILLIS;
        bins[recorded++ % KEPT] = (short) Math.min(bin, Short.MAX_VALUE);
    }

    long timeoutNanos() {
        return timeoutMillis() * 1_000_000L;
    }

    private int timeoutMillis() {
        if (recorded < ENOUGH) {
            return initialMillis;
        }
        short[] sorted = Arrays.copyOf(bins, Math.min(recorded, KEPT));
        Arrays.sort(sorted);
        int quantile = (sorted[sorted.length * 4 / 5] + 1) * BIN_MILLIS;
        return Math.min(initialMillis, Math.max(FLOOR_MILLIS, 2 * quantile));
    }
}
