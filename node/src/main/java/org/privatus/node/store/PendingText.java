package org.privatus.node.store;

import java.util.Optional;
import org.privatus.crypto.identity.PersonKey;

/// A text of ours that nobody has acknowledged.
///
/// @param createdAt epoch milliseconds
/// @param sealed absent while there is no session, or the one it was sealed under was given up
public record PendingText(PersonKey to, MessageId id, long createdAt, String text, Optional<SealedText> sealed) {}
