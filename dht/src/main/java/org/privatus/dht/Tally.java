package org.privatus.dht;

/// Counts what happened, for {@link DhtView.Counters}.
final class Tally {
    long asked;
    long answered;
    long stalled;
    long givenUp;
    long late;
    long served;
    long malformed;
    long refused;
    long lookups;
    long lookupRequests;
    long lookupDepth;

    void lookup(DhtOutcome.Effort effort) {
        if (effort.requests() > 0) {
            lookups++;
            lookupRequests += effort.requests();
            lookupDepth += effort.depth();
        }
    }

    DhtView.Counters snapshot() {
        return new DhtView.Counters(
                asked,
                answered,
                stalled,
                givenUp,
                late,
                served,
                malformed,
                refused,
                lookups,
                lookupRequests,
                lookupDepth);
    }
}
