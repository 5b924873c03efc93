package org.privatus.node.link.core.recovery;

/// The packets whose loss was the reason of the last reduction of the window, in case they were only late (RFC 9438 section 4.9). Up to
/// {@link #RANGES} ranges of numbers: who loses more in one round trip does not reorder.
final class SuspectedLosses {
    private static final int RANGES = 4;

    private final long[] lowest = new long[RANGES];
    private final long[] highest = new long[RANGES];
    private int count;
    private boolean tooMany;

    void clear() {
        count = 0;
        tooMany = false;
    }

    /// Numbers come in rising order.
    void add(long number) {
        if (count > 0 && highest[count - 1] == number - 1) {
            highest[count - 1] = number;
        } else if (count < RANGES) {
            lowest[count] = number;
            highest[count] = number;
            count++;
        } else {
            tooMany = true;
        }
    }

    /// Others whose numbers are higher.
    void addAll(SuspectedLosses others) {
        tooMany |= others.tooMany || count + others.count > RANGES;
        for (int i = 0; i < others.count && count < RANGES; i++) {
            lowest[count] = others.lowest[i];
            highest[count] = others.highest[i];
            count++;
        }
    }

    /// Takes out what has been acknowledged after all; returns whether that was everything.
    boolean settle(AckRanges acknowledged) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!covers(acknowledged, i)) {
                lowest[kept] = lowest[i];
                highest[kept] = highest[i];
                kept++;
            }
        }
        boolean all = kept == 0 && count > 0 && !tooMany;
        count = kept;
        return all;
    }

    private boolean covers(AckRanges acknowledged, int range) {
        for (int i = 0; i < acknowledged.count() && acknowledged.largest(i) >= highest[range]; i++) {
            if (acknowledged.smallest(i) <= lowest[range]) {
                return true;
            }
        }
        return false;
    }
}
