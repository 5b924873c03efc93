package org.privatus.simulation.network;

import org.privatus.simulation.random.Mix;
import org.privatus.simulation.random.NormalDistribution;

/// Latencies drawn from a lognormal distribution, one per pair of nodes, by a hash of the pair. The default has a round trip of
/// 135 ms at the median and some 48 ms and 376 ms at the 10th and 90th percentile (measured between 490 hosts of the internet:
/// 135, 32, 291).
///
/// The distribution is a table of 4,096 quantiles, computed once in exact arithmetic, so that a pair costs a hash and a load.
public final class LognormalLatency implements LatencyModel {
    private static final int QUANTILES = 4096;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double DEFAULT_MEDIAN_MILLIS = 67.5;
    private static final double DEFAULT_SIGMA = 0.8;
    private static final double MIN_MILLIS = 1;
    private static final double MAX_MILLIS = 1500;

    private final long seed;
    private final long[] quantileNanos = new long[QUANTILES];

    public LognormalLatency(long seed) {
        this(seed, DEFAULT_MEDIAN_MILLIS, DEFAULT_SIGMA);
    }

    /// @param medianMillis the one-way median
    /// @param sigma standard deviation of the latency's natural logarithm
    public LognormalLatency(long seed, double medianMillis, double sigma) {
        this.seed = Mix.of(seed, Mix.of("latency"));
        for (int i = 0; i < QUANTILES; i++) {
            double z = NormalDistribution.quantile((i + 0.5) / QUANTILES);
            double millis = medianMillis * StrictMath.exp(sigma * z);
            quantileNanos[i] = (long) (NANOS_PER_MILLI * Math.clamp(millis, MIN_MILLIS, MAX_MILLIS));
        }
    }

    @Override
    public long oneWayNanos(int from, int to) {
        long pair = ((long) Math.min(from, to) << 32) | Math.max(from, to);
        return quantileNanos[(int) (Mix.of(seed, pair) >>> 52)];
    }

    /// The lowest quantile of the table: 3.6 ms with the default median.
    @Override
    public long minimumNanos() {
        return quantileNanos[0];
    }
}
