package org.privatus.crypto.session;

import java.util.Arrays;

/// Which counters of a peer have been seen: a bitmap that slides with the highest (RFC 6479). The last [#SIZE] counters
/// can be told apart in any order; everything older counts as seen. It begins with a word and doubles with the counters, up to half a kilobyte: most sessions
/// of a node that speaks with many carry a few packets.
public final class ReplayWindow {
    private static final int WORDS = 64;

    /// How far behind the highest counter a packet may arrive. One word fewer than there are, since the newest is cleared
    /// as a whole.
    public static final int SIZE = (WORDS - 1) * Long.SIZE;

    /// A power of two; holds all counters that there were, until it is full.
    private long[] seen = new long[1];
    private long highest = -1;

    /// Whether `counter` has not been seen and is not too old. Negative counters are not fresh.
    public boolean isFresh(long counter) {
        if (counter > highest) {
            return true;
        }
        return counter >= 0 && highest - counter < SIZE && (seen[word(counter)] & bit(counter)) == 0;
    }

    /// Marks a counter that [#isFresh], once its packet has proved genuine.
    public void accept(long counter) {
        if (counter > highest) {
            slideTo(counter);
        }
        seen[word(counter)] |= bit(counter);
    }

    private void slideTo(long counter) {
        long newest = counter >> 6;
        if (newest >= seen.length && seen.length < WORDS) {
            seen = Arrays.copyOf(seen, newest >= WORDS ? WORDS : 2 * Integer.highestOneBit((int) newest));
        }
        long from = highest >> 6;
        long words = Math.min(newest - from, WORDS);
        for (long i = 1; i <= words; i++) {
            seen[(int) (from + i) & (seen.length - 1)] = 0;
        }
        highest = counter;
    }

    /// -1 before the first.
    public long highest() {
        return highest;
    }

    private int word(long counter) {
        return (int) (counter >> 6) & (seen.length - 1);
    }

    private static long bit(long counter) {
        return 1L << counter;
    }
}
