package org.privatus.nat.traversal;

import java.util.concurrent.TimeUnit;

/// How much it takes to believe others about one's own endpoint.
///
/// @param quorum observers in different address groups that must agree: 1 to 8
/// @param laboratory whether private addresses count, and observers at private addresses count one by one; never on
/// the network of people
/// @param lifetimeNanos after which an observation counts no longer
public record ObservationSettings(int quorum, boolean laboratory, long lifetimeNanos) {
    /// Three who agree, none older than an hour.
    public static final ObservationSettings DEFAULT = new ObservationSettings(3, false, TimeUnit.HOURS.toNanos(1));

    /// As few as two, on one machine.
    public static final ObservationSettings LABORATORY = new ObservationSettings(2, true, TimeUnit.HOURS.toNanos(1));

    public ObservationSettings {
        if (quorum < 1 || quorum > 8) {
            throw new IllegalArgumentException("quorum " + quorum + " is not in 1 to 8");
        }
        if (lifetimeNanos <= 0) {
            throw new IllegalArgumentException("lifetime " + lifetimeNanos + " ns");
        }
    }

    /// The newest observations that are looked at: as many as make a quorum a majority.
    int window() {
        return 2 * quorum - 1;
    }
}
