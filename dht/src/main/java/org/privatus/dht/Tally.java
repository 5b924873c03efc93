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

    DhtView.Counters snapshot() {
        return new DhtView.Counters(asked, answered, stalled, givenUp, late, served, malformed, refused);
    }
}
