package org.privatus.onion.splice;

/// Why a splice is over, or was not opened.
public enum SpliceEnd {
    /// The other side closed it.
    CLOSED_BY_PEER,
    /// A relay on the way is gone, or the other side's circuit.
    CIRCUIT_DIED,
    /// There is no lease: the person is away, or the address is no more.
    LEASE_NOT_FOUND,
    /// No gateway of the lease could be reached or knows its token.
    GATEWAY_UNREACHABLE,
    /// The pool has no path that fits, or no circuit could be built.
    NO_CIRCUIT,
    TIMED_OUT,
    /// As many own circuits as there may be, all in use.
    LIMIT
}
