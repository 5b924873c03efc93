package org.privatus.dht;

import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.record.SignedRecord;

/// How an operation ended.
public sealed interface DhtOutcome {
    Effort effort();

    /// What it took.
    ///
    /// @param requests sent by its lookup
    /// @param depth requests in a row that led to the nearest node found: 1 if it was in the table
    record Effort(long elapsedNanos, int requests, int depth) {
        public static final Effort NONE = new Effort(0, 0, 0);
    }

    /// The newest valid record that was seen.
    ///
    /// @param holders that gave this very record
    record Found(SignedRecord record, int holders, Effort effort) implements DhtOutcome {}

    /// The nearest that answered, nearest first.
    ///
    /// @param complete false: the deadline passed before the nearest known had answered
    record Closest(List<Contact> contacts, boolean complete, Effort effort) implements DhtOutcome {
        public Closest {
            contacts = List.copyOf(contacts);
        }
    }

    /// As many nodes confirmed to hold the record; may be none.
    record Stored(int holders, Effort effort) implements DhtOutcome {}

    /// Everybody near the target has answered; nobody holds a valid record.
    record NotFound(Effort effort) implements DhtOutcome {}

    /// The deadline passed, and nobody had answered with a valid record.
    record TimedOut(Effort effort) implements DhtOutcome {}

    /// Nothing was done, or nobody would.
    record Refused(Reason reason, Effort effort) implements DhtOutcome {}

    enum Reason {
        /// Too many operations at once.
        BUSY,
        /// Not a record, or its signature does not fit.
        INVALID,
        /// The nodes hold something newer.
        OUTDATED,
        /// Compare-and-swap: the nodes hold another `seq` than expected.
        CONFLICT,
    }
}
