package org.privatus.node.store;

/// One step of an attempt to reach a person.
///
/// @param elapsedMillis from the beginning of the attempt to the end of the step
/// @param detail what a reader should know beside the outcome, at most {@link #MAX_DETAIL} characters; never a key or
/// an address
public record AttemptStep(Stage stage, Outcome outcome, long elapsedMillis, String detail) {
    public static final int MAX_DETAIL = 120;

    public AttemptStep {
        if (detail.length() > MAX_DETAIL) {
            detail = detail.substring(0, MAX_DETAIL);
        }
    }

    /// What was tried.
    public enum Stage {
        CIRCUIT(1),
        LEASE_LOOKUP(2),
        GATEWAY(3),
        SPLICE(4),
        HANDSHAKE(5),
        SESSION(6),
        SENT(7),
        ACKNOWLEDGED(8);

        private final int code;

        Stage(int code) {
            this.code = code;
        }

        /// How it is stored.
        int code() {
            return code;
        }
    }

    /// How it ended.
    public enum Outcome {
        OK(1),
        FAILED(2),
        TIMED_OUT(3),
        NOT_FOUND(4),
        REFUSED(5),
        CLOSED(6),
        /// Not ended; never stored.
        RUNNING(7);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        /// How it is stored.
        int code() {
            return code;
        }
    }
}
