package org.privatus.simulation.kad;

import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.DhtOutcome;

/// What came of the lookups of a run, as KAD-1 reports it.
public final class LookupTally {
    private static final double NANOS_PER_MILLI = 1e6;

    private long begun;
    private long ownIds;
    private long ended;
    private long found;
    private long requests;
    private long depth;
    private long nanos;

    void begun(boolean forOwnId) {
        begun++;
        ownIds += forOwnId ? 1 : 0;
    }

    void ended(NodeId target, DhtOutcome outcome) {
        ended++;
        requests += outcome.effort().requests();
        depth += outcome.effort().depth();
        nanos += outcome.effort().elapsedNanos();
        if (outcome instanceof DhtOutcome.Closest closest
                && !closest.contacts().isEmpty()
                && closest.contacts().getFirst().id().equals(target)) {
            found++;
        }
    }

    public long begun() {
        return begun;
    }

    public long ended() {
        return ended;
    }

    /// Lookups that found the node they looked for; whoever looked for itself knew.
    public long succeeded() {
        return found + ownIds;
    }

    public long requests() {
        return requests;
    }

    public long depthTotal() {
        return depth;
    }

    public double requestsPerLookup() {
        return (double) requests / ended;
    }

    public double depth() {
        return (double) depth / ended;
    }

    public double meanLatencyMillis() {
        return nanos / NANOS_PER_MILLI / ended;
    }

    /// The share that found the node they looked for; whoever looked for itself knew.
    public double success() {
        return (double) succeeded() / begun;
    }
}
