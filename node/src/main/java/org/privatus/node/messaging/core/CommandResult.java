package org.privatus.node.messaging.core;

/// What became of a command to {@link Conversations}.
public sealed interface CommandResult {
    /// It is under way; `commandDone` tells when it is on the disk.
    record Accepted(long ticket) implements CommandResult {}

    /// Nothing was changed.
    record Refused(Refusal reason) implements CommandResult {}

    /// Why a command or a text was refused.
    enum Refusal {
        /// There is no such person, or not in the standing that the command is for.
        UNKNOWN_PERSON,
        /// The name is taken.
        NAME_TAKEN,
        /// Empty, too long, or with characters that do not print.
        BAD_NAME,
        /// The person is in the address book.
        ALREADY_CONTACT,
        /// The address is our own.
        OWN_ADDRESS,
        /// The address is of another network.
        OTHER_NETWORK,
        /// The address book is full.
        TOO_MANY_CONTACTS,
        /// The person is blocked.
        BLOCKED,
        /// The text is empty.
        EMPTY_TEXT,
        /// The text is too long.
        TEXT_TOO_LONG,
        /// As many texts as may be wait for this person.
        QUEUE_FULL
    }
}
