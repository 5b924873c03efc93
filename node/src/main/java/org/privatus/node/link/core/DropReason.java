package org.privatus.node.link.core;

import org.privatus.crypto.wire.MalformedPacketException;

/// Why a datagram, or something in it, had no effect. Every one that is dropped is counted under one of these.
public enum DropReason {
    /// The first byte is not one of ours: STUN, or noise.
    NOT_A_LINK_PACKET,
    /// Shorter than its kind can be.
    TOO_SHORT,
    /// Longer than any packet.
    TOO_LONG,
    /// Not a version that we speak.
    BAD_VERSION,
    /// The peer speaks a higher version that we speak too: somebody keeps both from it.
    DOWNGRADED,
    /// A handshake packet of a kind that this version does not know.
    UNKNOWN_KIND,
    /// Message 1 is not padded to its full length, and shows no valid token or cannot be read at all.
    NOT_PADDED,
    /// `mac1` does not show that the sender knows our key.
    BAD_MAC1,
    /// Message 1 shows no cookie while many begin: it was answered with one.
    COOKIE_ASKED,
    /// A cookie reply is none to a message of ours, or one too many.
    BAD_COOKIE,
    /// More handshakes than are worked on.
    OVERLOADED,
    /// A message of a handshake arrived again, and there is nothing to repeat.
    REPEATED_HANDSHAKE,
    /// A step of a handshake could not be read.
    BAD_HANDSHAKE,
    /// The peer's nonce does not solve its puzzle.
    BAD_PUZZLE,
    /// Not from the address that the handshake is held with.
    WRONG_ENDPOINT,
    /// The other one of two handshakes that were begun at once goes on.
    SIMULTANEOUS,
    /// No link of that id, or not in a state for such a packet.
    UNKNOWN_LINK,
    /// More packets than wait for a handshake to be finished.
    QUEUE_FULL,
    /// The tag of a data packet, or the proof of a message 2 or 3, is wrong.
    FORGED,
    /// Seen before, or too old to tell.
    REPLAYED,
    /// Genuine, and still malformed.
    MALFORMED_FRAMES,
    /// Genuine, and acknowledges or opens what it may not.
    VIOLATION,
    /// No room to keep cells out of order: not acknowledged, so it comes again.
    NO_ROOM,
    /// No room for another link.
    LINKS_FULL;

    /// Of a step of a handshake that failed.
    static DropReason ofHandshake(MalformedPacketException.Reason failure) {
        return switch (failure) {
            case BAD_PUZZLE -> BAD_PUZZLE;
            case BAD_VERSION -> DOWNGRADED;
            case TRUNCATED, TOO_LONG, BAD_VALUE, BAD_TAG, BAD_SIGNATURE, WEAK_KEY, UNEXPECTED, REPLAYED ->
                BAD_HANDSHAKE;
        };
    }
}
