package org.privatus.node.link.core;

import org.privatus.crypto.identity.Contact;

/// One link as `status` shows it.
///
/// @param dialed whether we began it
/// @param openedNanos on the clock of the inputs, as `usedNanos`, when a request or a cell last travelled
/// @param windowBytes the congestion window
/// @param secrecy whether a later quantum computer opens what is recorded of it now
public record LinkView(
        Contact peer,
        boolean dialed,
        int channels,
        long smoothedRttNanos,
        long windowBytes,
        long packetsSent,
        long packetsLost,
        long openedNanos,
        long usedNanos,
        Secrecy secrecy) {}
