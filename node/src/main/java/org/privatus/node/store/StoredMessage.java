package org.privatus.node.store;

import org.privatus.crypto.identity.PersonKey;

/// One text as a person sees it.
///
/// @param position its place in the inbox, growing in the order in which texts were shown; 0 for outgoing ones
/// @param person writer of an incoming, addressee of an outgoing text
/// @param time when it was written or received here, epoch milliseconds of our clock
/// @param sentAt when its writer says it was written, epoch milliseconds of their clock
/// @param acknowledgedAt when its receipt was acknowledged, epoch milliseconds, 0 while it was not; 0 for incoming ones
public record StoredMessage(
        long position,
        PersonKey person,
        MessageId id,
        boolean outgoing,
        long time,
        long sentAt,
        long acknowledgedAt,
        String text) {}
