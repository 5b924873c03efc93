package org.privatus.node.store;

import org.privatus.crypto.identity.PersonKey;

/// Which bytes a text came in: what is needed to acknowledge a repetition of them.
public record ReceivedMark(PersonKey from, EnvelopeDigest digest, MessageId id) {}
