package org.privatus.dht.lookup;

import org.privatus.crypto.identity.Contact;

/// What a {@link Lookup} wants to happen next.
public sealed interface Step {
    /// Ask this contact, and tell the lookup what came of it. It counts as on its way from now on.
    record Ask(Contact contact) implements Step {}

    /// Nothing until an answer, a stall or a failure is reported, or the deadline passes.
    record Wait() implements Step {}

    /// Over: the nearest known have answered, or nobody is left to ask.
    record Finished() implements Step {}

    /// Over: the deadline has passed.
    record TimedOut() implements Step {}
}
