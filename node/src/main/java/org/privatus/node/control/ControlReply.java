package org.privatus.node.control;

import java.util.List;

/// What a node answers. As a line of JSON like [ControlRequest].
public sealed interface ControlReply {
    /// One line that is safe to paste.
    record Address(String address) implements ControlReply {}

    /// It is done. The message says what, in one sentence for the user.
    record Done(String message) implements ControlReply {}

    /// The address book, in the order in which to show it.
    record Contacts(List<ContactView> contacts) implements ControlReply {
        public Contacts {
            contacts = List.copyOf(contacts);
        }
    }

    /// Messages in the order in which to show them.
    ///
    /// @param lastSequence of the last incoming message that the node holds: where a next look begins
    record Messages(List<MessageView> messages, long lastSequence) implements ControlReply {
        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /// One message of a stream.
    record Message(MessageView message) implements ControlReply {}

    /// Strangers who wrote, oldest first.
    record Requests(List<RequestView> requests) implements ControlReply {
        public Requests {
            requests = List.copyOf(requests);
        }
    }

    /// How the node is.
    record Status(StatusView status) implements ControlReply {}

    /// The last attempts to reach a person, latest first.
    record Attempts(String name, List<AttemptView> attempts) implements ControlReply {
        public Attempts {
            attempts = List.copyOf(attempts);
        }
    }

    /// The person's node has the text and said so, sealed.
    ///
    /// @param elapsedMillis from the request to the acknowledgement
    /// @param relays of the sender's circuit, nearest first, as short names; the gateway of the receiver is not among
    /// them
    /// @param gateway where the two circuits met; the relays behind it are the receiver's secret
    record Acknowledged(String messageId, long elapsedMillis, List<String> relays, String gateway)
            implements ControlReply {
        public Acknowledged {
            relays = List.copyOf(relays);
        }
    }

    /// The text is kept and goes on being tried.
    ///
    /// @param reason what it waits for, in a few words
    record Queued(String messageId, long elapsedMillis, String reason) implements ControlReply {}

    /// The version of the node that runs.
    record Version(String version, String runtime) implements ControlReply {}

    /// It was not done.
    ///
    /// @param message what is wrong, in a few words without a full stop
    /// @param whatToDo the next step for the user, likewise; may be empty
    record Failed(Kind kind, String message, String whatToDo) implements ControlReply {
        /// Whose fault it is, roughly.
        public enum Kind {
            /// The request makes no sense: a mistyped address, a text that is too long.
            BAD_INPUT,
            /// There is no such person or request.
            NOT_FOUND,
            /// The name or address is already in the book.
            ALREADY_EXISTS,
            /// The keys are locked: the node wants a passphrase.
            LOCKED,
            /// Not now: starting, stopping, too much at once.
            UNAVAILABLE,
            /// Our defect, or the disk.
            INTERNAL;

            /// Whether the one who asked must ask for something else.
            public boolean isUsersMistake() {
                return this == BAD_INPUT || this == NOT_FOUND || this == ALREADY_EXISTS;
            }
        }

        /// One line for the user.
        public String line() {
            return whatToDo.isEmpty() ? message : message + ": " + whatToDo;
        }
    }
}
