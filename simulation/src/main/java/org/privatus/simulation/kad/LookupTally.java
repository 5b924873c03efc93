package org.privatus.simulation.kad;

import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.DhtOutcome;

/// What came of the lookups of a run, as KAD-1 reports it.
public final class LookupTally {
    private static final double NANOS_PER_MILLI = 1e6;

    private long begun;
    private long ofOwnId;
    private long ended;
    private long found;
    private long requests;
    private long depth;
    private long nanos;
    private double squaredRequests;
    private double squaredMillis;

    /// @param ownId whether the node looks for itself
    void begin(boolean ownId) {
        begun++;
        ofOwnId += ownId ? 1 : 0;
    }

    void ended(NodeId target, DhtOutcome outcome) {
        ended++;
        requests += outcome.effort().requests();
        depth += outcome.effort().depth();
        nanos += outcome.effort().elapsedNanos();
        double millis = outcome.effort().elapsedNanos() / NANOS_PER_MILLI;
        squaredRequests +=
                (double) outcome.effort().requests() * outcome.effort().requests();
        squaredMillis += millis * millis;
        if (outcome instanceof DhtOutcome.Closest closest
                && !closest.contacts().isEmpty()
                && closest.contacts().getFirst().id().equals(target)) {
            found++;
        }
    }

    public long begun() {
        return begun;
    }

    /// Lookups of nodes for their own id.
    public long ofOwnId() {
        return ofOwnId;
    }

    public long ended() {
        return ended;
    }

    /// Lookups that found the node they looked for. Nobody finds itself.
    public long succeeded() {
        return found;
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

    /// The standard error of [#requestsPerLookup()].
    public double requestsError() {
        return error(squaredRequests, requestsPerLookup());
    }

    /// The standard error of [#meanLatencyMillis()].
    public double latencyErrorMillis() {
        return error(squaredMillis, meanLatencyMillis());
    }

    private double error(double squares, double mean) {
        return Math.sqrt((squares / ended - mean * mean) / ended);
    }

    public double depth() {
        return (double) depth / ended;
    }

    public double meanLatencyMillis() {
        return nanos / NANOS_PER_MILLI / ended;
    }

    /// The share that found the node they looked for. Nobody finds itself, so that of N nodes one lookup in N fails.
    public double success() {
        return (double) succeeded() / begun;
    }
}
