package org.privatus.dht.routing;

import org.privatus.crypto.identity.Contact;

/// What became of a contact that was offered to the table.
public sealed interface Admission {
    /// New in a bucket.
    record Added() implements Admission {}

    /// Was there already; its endpoint is now the one just proven.
    record Known() implements Admission {}

    /// Its bucket is full of contacts in good health: it waits among the replacements.
    record Waiting() implements Admission {}

    /// Its bucket is full, but `doubtful` was not heard from for long: it waits; ask `doubtful`, and tell the table what came of it.
    record Challenge(Contact doubtful) implements Admission {}

    record Refused(Reason reason) implements Admission {}

    enum Reason {
        SELF,
        /// Too many of its address group.
        CROWDED,
        /// An address of a laboratory on a network that is none.
        LOCAL_ADDRESS,
        TABLE_FULL,
    }
}
