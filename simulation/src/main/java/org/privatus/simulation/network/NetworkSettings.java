package org.privatus.simulation.network;

/// How the network mistreats datagrams, each independently of all others.
///
/// @param loss probability that a datagram vanishes, 0–1
/// @param duplication probability that it arrives twice
/// @param reordering probability that it is held back by up to `reorderNanos`
/// @param reorderNanos how long a datagram is held back at most
/// @param jitter largest addition to the pair's latency, as a share of it; uniform from 0
/// @param maxLength longest UDP payload that gets through
public record NetworkSettings(
        double loss, double duplication, double reordering, long reorderNanos, double jitter, int maxLength) {
    /// A common internet path: 1 in 1,000 twice, 1 in 100 held back by up to 30 ms, a tenth jitter, Ethernet's payload.
    public static final NetworkSettings DEFAULT = new NetworkSettings(0, 0.001, 0.01, 30_000_000, 0.1, 1472);

    /// Nothing but latency.
    public static final NetworkSettings PERFECT = new NetworkSettings(0, 0, 0, 0, 0, 65_507);

    public NetworkSettings {
        requireShare("loss", loss);
        requireShare("duplication", duplication);
        requireShare("reordering", reordering);
        if (reorderNanos < 0 || jitter < 0 || maxLength < 1) {
            throw new IllegalArgumentException("negative: " + reorderNanos + ", " + jitter + ", " + maxLength);
        }
    }

    public NetworkSettings withLoss(double other) {
        return new NetworkSettings(other, duplication, reordering, reorderNanos, jitter, maxLength);
    }

    /// Whether chance has any part in what happens to a datagram.
    public boolean leavesToChance() {
        return loss > 0 || duplication > 0 || reordering > 0 || jitter > 0;
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed is 0 to 1");
        }
    }
}
