package org.privatus.simulation.churn;

import org.privatus.simulation.random.Mix;
import org.privatus.simulation.random.NormalDistribution;

/// The sessions and absences of every node of a run. Each length is a function of (seed, node, its number) alone.
///
/// A node's lengths are tied to each other by a Gaussian copula: the normal score of each is the node's own score, with weight
/// √correlation, and one of its own, with weight √(1 - correlation). So the lengths of many nodes follow the distribution exactly,
/// and those of one node are alike.
public final class Churn {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_LEAST = 1e-3;
    private static final double UNIT = 0x1.0p-53;
    /// The number of a node's own score; lengths are numbered from 0.
    private static final long OWN = -1;

    private final ChurnSettings settings;
    private final long sessionKey;
    private final long absenceKey;
    private final double ownWeight;
    private final double otherWeight;

    public Churn(ChurnSettings settings, long seed) {
        this.settings = settings;
        this.sessionKey = Mix.of(seed, Mix.of("sessions"));
        this.absenceKey = Mix.of(seed, Mix.of("absences"));
        this.ownWeight = Math.sqrt(settings.correlation());
        this.otherWeight = Math.sqrt(1 - settings.correlation());
    }

    /// How long the node stays after its n-th start; from 1 ms to 31 years.
    ///
    /// @param n 0 for its first
    public long sessionNanos(int node, int n) {
        return nanos(settings.sessions(), Mix.of(sessionKey, node), n);
    }

    /// How long the node is away after its n-th session; from 1 ms to 31 years.
    ///
    /// @param n 0 for its first
    public long absenceNanos(int node, int n) {
        return nanos(settings.absences(), Mix.of(absenceKey, node), n);
    }

    private long nanos(Lengths lengths, long key, int n) {
        double share = uniform(key, n);
        if (ownWeight > 0) {
            double own = NormalDistribution.quantile(uniform(key, OWN));
            double score = ownWeight * own + otherWeight * NormalDistribution.quantile(share);
            share = Math.clamp(NormalDistribution.cumulative(score), UNIT, 1 - UNIT);
        }
        double seconds = Math.clamp(lengths.quantileSeconds(share), SECONDS_LEAST, Lengths.SECONDS_MOST);
        return (long) (NANOS_PER_SECOND * seconds);
    }

    /// Above 0 and below 1.
    private static double uniform(long key, long n) {
        return ((Mix.of(key, n) >>> 12) + 0.5) * (2 * UNIT);
    }
}
