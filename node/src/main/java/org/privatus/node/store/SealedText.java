package org.privatus.node.store;

/// A text as it travels: sealed once, committed with the ratchet that sealed it, and sent as these bytes however
/// often it takes.
public record SealedText(SessionId session, EnvelopeDigest digest, Blob envelope) {}
