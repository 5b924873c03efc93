package org.privatus.simulation.network;

import java.util.function.IntPredicate;

/// What the network does to datagrams of some nodes for a time. A pure function of time and the two nodes, so that every shard has
/// it alike without an event; the sender's shard applies it when the datagram is sent. The predicates are shared by threads.
public sealed interface PathRule {
    /// When it begins.
    long fromNanos();

    /// When it is over: the first moment at which it does not hold; `Long.MAX_VALUE` for never.
    long untilNanos();

    default boolean holdsAt(long nowNanos) {
        return nowNanos >= fromNanos() && nowNanos < untilNanos();
    }

    /// The nodes of one side and all others cannot reach each other.
    record Partition(long fromNanos, long untilNanos, IntPredicate side) implements PathRule {
        public Partition {
            requireTime(fromNanos, untilNanos);
        }
    }

    /// Datagrams from some nodes to some nodes vanish by chance; those of the other direction do not.
    ///
    /// @param share probability that one vanishes, 0–1
    record Loss(long fromNanos, long untilNanos, IntPredicate from, IntPredicate to, double share) implements PathRule {
        public Loss {
            requireTime(fromNanos, untilNanos);
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share is " + share + "; allowed is 0 to 1");
            }
        }
    }

    /// What some nodes send comes later.
    record Slow(long fromNanos, long untilNanos, IntPredicate nodes, long delayNanos) implements PathRule {
        public Slow {
            requireTime(fromNanos, untilNanos);
            if (delayNanos < 0) {
                throw new IllegalArgumentException("a delay of " + delayNanos + " ns");
            }
        }
    }

    private static void requireTime(long fromNanos, long untilNanos) {
        if (fromNanos < 0 || untilNanos < fromNanos) {
            throw new IllegalArgumentException("a rule from " + fromNanos + " until " + untilNanos + " ns");
        }
    }
}
