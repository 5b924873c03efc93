package org.privatus.dht.lookup;

import java.util.Arrays;
import java.util.OptionalLong;

/// The node's recent round trips, whoever answered: what to expect of a stranger.
///
/// Holds the last 64 and answers with their 90th percentile, worked out anew after every eighth.
public final class RoundTrips {
    private static final int WINDOW = 64;
    private static final int ENOUGH = 8;
    private static final int PERCENTILE = 90;
    private static final int[] NONE = {};

    private int[] micros = NONE;
    private int count;
    private int percentileMicros;

    public void add(long rttNanos) {
        if (rttNanos <= 0) {
            return;
        }
        if (count == micros.length && count < WINDOW) {
            micros = Arrays.copyOf(micros, count + ENOUGH);
        }
        micros[count % WINDOW] = (int) Math.min(rttNanos / 1_000, Integer.MAX_VALUE);
        count = count == 2 * WINDOW - 1 ? WINDOW : count + 1;
        if (count % ENOUGH == 0) {
            percentileMicros = percentile();
        }
    }

    private int percentile() {
        int[] sorted = Arrays.copyOf(micros, Math.min(count, WINDOW));
        Arrays.sort(sorted);
        return sorted[(sorted.length * PERCENTILE - 1) / 100];
    }

    /// Empty until eight were measured.
    public OptionalLong p90Nanos() {
        return percentileMicros == 0 ? OptionalLong.empty() : OptionalLong.of(percentileMicros * 1_000L);
    }
}
