package org.privatus.dht;

import org.privatus.crypto.identity.Contact;

/// One request on its way.
final class Request {
    private final long id;
    private final Contact to;
    private final Asker asker;
    private final Manner manner;
    private final long sentNanos;

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

    Request(long id, Contact to, Asker asker, Manner manner, long sentNanos) {
        this.id = id;
        this.to = to;
        this.asker = asker;
        this.manner = manner;
        this.sentNanos = sentNanos;
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
}
