package org.privatus.onion.circuit;

/// Why an own circuit ended.
enum CircuitEnd {
    /// It was no longer needed.
    RELEASED,
    /// Past its lifetime.
    EXPIRED,
    /// The channel to the first hop is gone.
    CHANNEL_CLOSED,
    /// A relay destroyed it.
    DESTROYED,
    /// It was not built, or not answered, in time.
    TIMED_OUT,
    /// A cell came that cannot come.
    PROTOCOL,
    /// A relay has as much to do as it wants.
    REFUSED,
    /// The next relay could not be reached.
    EXTEND_FAILED
}
