package org.privatus.dht.message;

import org.privatus.crypto.identity.ContactList;

/// What a node answers.
public sealed interface DhtAnswer {
    record Pong() implements DhtAnswer {}

    /// The nearest the answering node knows, nearest first; as many as fit: 20 with IPv4, 16 with IPv6 endpoints.
    record Contacts(ContactList contacts) implements DhtAnswer {}

    /// What the node holds. Nothing about it has been checked yet.
    record Held(Value value) implements DhtAnswer {}

    /// What became of a {@link DhtRequest.Store}.
    ///
    /// @param seq of what the node holds now; 0 when it holds nothing
    record StoreResult(Status status, long seq) implements DhtAnswer {}

    /// How a node took a {@link DhtRequest.Store}.
    enum Status {
        /// Held from now on, or held already.
        STORED(0),
        /// Something newer is held, or something else with the same `seq`.
        OUTDATED(1),
        /// The `seq` held is not the one that was expected.
        CONFLICT(2),
        /// Every record held is nearer to the node than this one.
        FULL(3),
        /// Too many checks are running; worth another attempt later.
        BUSY(4),
        /// The record is not valid.
        INVALID(5);

        final int code;

        Status(int code) {
            this.code = code;
        }
    }
}
