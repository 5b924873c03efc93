package org.privatus.simulation.scenario;

import java.time.Duration;
import java.util.Optional;

/// Something that goes wrong for a time. Moments are counted from when people begin to write.
public sealed interface Fault {
    Duration at();

    /// When it is over; empty: it lasts to the end of the run.
    Optional<Duration> until();

    /// A few words for people.
    String title();

    /// The nodes of one side and all others cannot reach each other.
    record Partition(Duration at, Optional<Duration> until, Selection side) implements Fault {
        @Override
        public String title() {
            return "partition";
        }
    }

    /// Datagrams from some nodes to others vanish, those of the other direction do not.
    ///
    /// @param loss probability, 0–1
    record AsymmetricLoss(Duration at, Optional<Duration> until, Selection from, Selection to, double loss)
            implements Fault {
        @Override
        public String title() {
            return "asymmetric loss";
        }
    }

    /// Nodes end as SIGKILL ends them; what was not synced is lost.
    ///
    /// @param until when they are started again
    /// @param among who may be hit
    /// @param apart between two of them
    /// @param keepsDisk whether what was synced is there at the next start; identity and address book are new otherwise
    record Crash(Duration at, Optional<Duration> until, Selection nodes, Among among, Duration apart, boolean keepsDisk)
            implements Fault {
        @Override
        public String title() {
            return keepsDisk ? "crash" : "crash with loss of the disk";
        }
    }

    /// Nodes compute slowly and send late.
    ///
    /// @param computeFactor what heavy work costs, as a multiple of the usual
    /// @param delay added to everything they send
    record Slow(
            Duration at, Optional<Duration> until, Selection nodes, Among among, double computeFactor, Duration delay)
            implements Fault {
        @Override
        public String title() {
            return "slow nodes";
        }
    }

    /// Wall clocks that are wrong. Monotonic time and timers stay right.
    ///
    /// @param offsetMillis added to the date
    /// @param rate how fast the clock goes from the beginning of the fault, 1 is right
    record ClockSkew(
            Duration at, Optional<Duration> until, Selection nodes, Among among, long offsetMillis, double rate)
            implements Fault {
        @Override
        public String title() {
            return "clock skew";
        }
    }

    /// Whom a fault may hit.
    enum Among {
        ALL,
        PEOPLE,
        /// Nodes without a person.
        RELAYS
    }
}
