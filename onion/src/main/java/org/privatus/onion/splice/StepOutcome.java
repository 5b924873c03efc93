package org.privatus.onion.splice;

/// How a step of an attempt went.
public enum StepOutcome {
    OK,
    NOT_FOUND,
    /// Found, but forged, damaged or expired.
    INVALID,
    REFUSED,
    UNREACHABLE,
    TIMED_OUT,
    /// The circuit died meanwhile.
    DIED
}
