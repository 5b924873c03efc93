package org.privatus.dht;

import org.privatus.crypto.identity.Contact;

/// One request on its way, and the timer that says what becomes of it while no answer comes. See {@link Requests}, which arms it.
final class Request extends Timers.Timer {
    private final Requests requests;
    private final long id;
    private final Contact to;
    private final Asker asker;
    private final Manner manner;
    private final long sentNanos;
    private final long stallNanos;
    private Phase phase = Phase.SENT;

    /// How long it has been waited for. An answer ends each.
    enum Phase {
        SENT,
        STALLED,
        /// For the asker it has failed.
        GIVEN_UP,
    }

    /// How a request is sent.
    ///
    /// @param finishHandshake the peer learns who asks
    /// @param roundTrips until the answer is due; more than one: its time measures nothing, since a live link needs one less
    /// @param patienceNanos not given up before this
    record Manner(boolean finishHandshake, int roundTrips, long patienceNanos) {
        /// Of a stranger, in one round trip, telling nothing about who asks.
        static final Manner EARLY = new Manner(false, 1, 0);

        /// The handshake comes first: the peer shall know who asks, or hold something.
        static final Manner FINISHED = new Manner(true, 2, 0);

        /// As {@link #FINISHED}, and whoever is only slow gets its time.
        static Manner patient(long nanos) {
            return new Manner(true, 2, nanos);
        }
    }

    /// @param stallNanos how long an answer may take before the request counts as stalled
    Request(Requests requests, long id, Contact to, Asker asker, Manner manner, long sentNanos, long stallNanos) {
        this.requests = requests;
        this.id = id;
        this.to = to;
        this.asker = asker;
        this.manner = manner;
        this.sentNanos = sentNanos;
        this.stallNanos = stallNanos;
    }

    @Override
    void fire(long now) {
        switch (phase) {
            case SENT -> {
                phase = Phase.STALLED;
                requests.stall(this, now);
            }
            case STALLED -> {
                phase = Phase.GIVEN_UP;
                requests.giveUp(this, now);
            }
            case GIVEN_UP -> requests.forget(this);
        }
    }

    boolean givenUp() {
        return phase == Phase.GIVEN_UP;
    }

    long id() {
        return id;
    }

    Contact to() {
        return to;
    }

    Asker asker() {
        return asker;
    }

    Manner manner() {
        return manner;
    }

    long sentNanos() {
        return sentNanos;
    }

    long stallNanos() {
        return stallNanos;
    }
}
