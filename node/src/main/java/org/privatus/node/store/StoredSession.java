package org.privatus.node.store;

import org.privatus.crypto.identity.PersonKey;

/// One ratchet session with a person, as of the last commit.
///
/// @param ordinal grows with every session made by this store's owner: the order in which they were made
/// @param initiatedByUs whether we began the handshake
/// @param retired whether it serves only to read what is still on its way
/// @param introduction the handshake's third message, repeated until something sealed came back; empty when no longer
/// needed, or not ours
/// @param ratchet the state of the double ratchet: keys, so never logged
public record StoredSession(
        PersonKey person,
        SessionId id,
        long ordinal,
        boolean initiatedByUs,
        boolean retired,
        Blob introduction,
        Blob ratchet) {}
