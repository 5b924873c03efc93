package org.privatus.simulation.results.statistics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The Mann–Whitney test of two sets of samples, with ties, by its normal approximation.
///
/// @param p probability of such ranks if both come from one distribution
/// @param delta Cliff's delta: P(b > a) − P(b < a), from −1 (all of B below A) to 1; 0 if neither tends to be larger
public record RankTest(double p, double delta) {
    /// Fewer samples than this in either set: the approximation says nothing.
    public static final int SAMPLES_MIN = 8;

    /// From values and how often each stands in the sets; values that are equal are ties.
    public static RankTest of(NavigableMap<Long, Long> a, NavigableMap<Long, Long> b) {
        var both = new TreeMap<Long, long[]>();
        a.forEach((value, count) -> both.computeIfAbsent(value, _ -> new long[2])[0] += count);
        b.forEach((value, count) -> both.computeIfAbsent(value, _ -> new long[2])[1] += count);
        double sizeA = sum(a);
        double sizeB = sum(b);
        if (sizeA == 0 || sizeB == 0) {
            throw new IllegalArgumentException("both sets need samples");
        }
        double below = 0;
        double wins = 0;
        double ties = 0;
        for (long[] counts : both.values()) {
            wins += counts[1] * (below + counts[0] / 2.0);
            below += counts[0];
            double tied = (double) counts[0] + counts[1];
            ties += tied * tied * tied - tied;
        }
        double all = sizeA + sizeB;
        double variance = sizeA * sizeB / 12 * (all + 1 - ties / (all * (all - 1)));
        double distance = StrictMath.max(0, StrictMath.abs(wins - sizeA * sizeB / 2) - 0.5);
        double p = variance <= 0 ? 1 : 2 * SpecialFunctions.normalTail(distance / StrictMath.sqrt(variance));
        return new RankTest(StrictMath.min(1, p), 2 * wins / (sizeA * sizeB) - 1);
    }

    private static double sum(Map<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
