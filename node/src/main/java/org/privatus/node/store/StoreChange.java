package org.privatus.node.store;

import org.privatus.crypto.identity.PersonKey;

/// One change within a {@link StoreTransaction}. A change of something that is no longer there does nothing.
public sealed interface StoreChange {
    /// Adds the person, or replaces what is known of them.
    record PutPerson(StoredPerson person) implements StoreChange {}

    /// Removes the person with all messages, sessions and attempts.
    record RemovePerson(PersonKey person) implements StoreChange {}

    /// Removes the texts of a person that were never shown.
    record DropHeld(PersonKey person) implements StoreChange {}

    /// Shows the texts of a person that were held, in the order in which they came.
    record RevealHeld(PersonKey person) implements StoreChange {}

    /// Adds the session, or replaces its state.
    record PutSession(StoredSession session) implements StoreChange {}

    record RemoveSession(PersonKey person, SessionId session) implements StoreChange {}

    /// Removes all sessions and all sealed bytes, after which every conversation starts a new handshake: what a
    /// restored backup must do,
    /// because its ratchets have been somewhere else since.
    record ForgetSessions() implements StoreChange {}

    /// Adds a text that came in. One whose writer and id are already known is not added; `digest` then becomes its
    /// newest mark.
    ///
    /// @param held whether it waits for its writer to be accepted
    /// @param receivedAt epoch milliseconds of our clock
    /// @param sentAt epoch milliseconds of the writer's clock
    record AddIncoming(
            PersonKey from,
            MessageId id,
            EnvelopeDigest digest,
            long receivedAt,
            long sentAt,
            String text,
            boolean held)
            implements StoreChange {}

    /// Adds a text of ours.
    record AddOutgoing(PendingText text) implements StoreChange {}

    /// Replaces the sealed bytes of a text that is still pending.
    record Seal(PersonKey to, MessageId id, SealedText sealed) implements StoreChange {}

    /// Takes the sealed bytes of a text away: it will be sealed again.
    record Unseal(PersonKey to, MessageId id) implements StoreChange {}

    /// Marks a text of ours as received and forgets its sealed bytes.
    record Acknowledge(PersonKey to, MessageId id, long epochMillis) implements StoreChange {}

    /// Empties a text and shows it no more; that it was there is remembered, so that a repetition is still told.
    record DeleteMessage(PersonKey person, MessageId id, boolean outgoing) implements StoreChange {}

    /// Adds an attempt and drops all but the last `keep` of the person.
    record AddAttempt(PersonKey person, Attempt attempt, int keep) implements StoreChange {}
}
