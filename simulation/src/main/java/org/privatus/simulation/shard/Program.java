package org.privatus.simulation.shard;

import org.privatus.simulation.results.Recording;

/// What happens on one shard. Made and called on the shard's own thread.
public interface Program {
    /// Most numbers that [#totals()] may have.
    int TOTALS_MAX = 16;

    /// Schedules everything of this shard's nodes; the time is 0.
    void begin();

    /// What all shards add up at each simulated second: at most [#TOTALS_MAX] numbers, equally many on every shard.
    long[] totals();

    /// Whether the run is over. Asked at whole seconds, before the events of that very moment, on every shard with the same
    /// arguments: it must be a function of them alone.
    ///
    /// @param totals of all shards, added up
    boolean over(long nowNanos, long[] totals);

    /// What was seen, after the last event. The hashes are taken already; what is sent to other shards goes nowhere.
    Recording finish();
}
