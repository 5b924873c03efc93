package org.privatus.node.store;

/// One step of an attempt to reach a person.
///
/// @param elapsedMillis from the beginning of the attempt to the end of the step
/// @param detail what a reader should know beside the outcome, at most {@link #MAX_DETAIL} characters; never a key or an address
public record AttemptStep(Stage stage, Outcome outcome, long elapsedMillis, String detail) {
    public static final int MAX_DETAIL = 120;

    public AttemptStep {
        if (detail.length() > MAX_DETAIL) {
            detail = detail.substring(0, MAX_DETAIL);
        }
    }

    /// What was tried. Order and names are stored: new ones come last.
    public enum Stage {
        CIRCUIT,
        LEASE_LOOKUP,
        GATEWAY,
        SPLICE,
        HANDSHAKE,
        SESSION,
        SENT,
        ACKNOWLEDGED
    }

    /// How it ended. Order and names are stored: new ones come last.
    public enum Outcome {
        OK,
        FAILED,
        TIMED_OUT,
        NOT_FOUND,
        REFUSED,
        CLOSED
    }
}
