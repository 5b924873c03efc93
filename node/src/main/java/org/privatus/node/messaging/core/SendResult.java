package org.privatus.node.messaging.core;

import org.privatus.node.store.MessageId;

/// What became of a text that was handed in.
public sealed interface SendResult {
    /// It is under way: `queued` tells when it is on the disk, `acknowledged` when it has arrived.
    record Accepted(MessageId id) implements SendResult {}

    /// It was not taken.
    record Refused(CommandResult.Refusal reason) implements SendResult {}
}
