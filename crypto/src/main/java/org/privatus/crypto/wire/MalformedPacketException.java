package org.privatus.crypto.wire;

/// Bytes from outside that cannot be what they claim to be. Caught in one place per layer, counted by {@link
/// #reason()} and dropped; it has no stack trace and no message of its own, because a remote decides how often it is
/// made.
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public MalformedPacketException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// What was wrong, as far as a counter wants to know it.
    public enum Reason {
        /// A field reaches beyond the end.
        TRUNCATED,
        /// More bytes than the layout or its limit allows.
        TOO_LONG,
        /// A field holds a value that nobody may send.
        BAD_VALUE,
        /// An authentication tag does not fit.
        BAD_TAG,
        BAD_SIGNATURE,
        BAD_VERSION,
        /// A public key of small order, or one that is no point at all.
        WEAK_KEY,
        /// Well-formed, but not in this state.
        UNEXPECTED,
        /// Seen before.
        REPLAYED,
        /// Puzzle not solved, or solved for another key.
        BAD_PUZZLE,
    }
}
