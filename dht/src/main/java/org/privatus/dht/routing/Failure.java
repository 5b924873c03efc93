package org.privatus.dht.routing;

import java.util.Optional;
import org.privatus.crypto.identity.Contact;

/// What became of a contact that left a request unanswered.
public sealed interface Failure {
    /// Not in the table, so nothing.
    record Unknown() implements Failure {}

    /// Last to be asked from now on; worth another question after `recheckNanos`.
    record Demoted(Contact contact, long recheckNanos) implements Failure {}

    /// Gone; `successor` took its place, if any waited.
    record Evicted(Contact contact, Optional<Contact> successor) implements Failure {}
}
