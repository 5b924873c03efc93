package org.privatus.onion.circuit;

/// What an own circuit is for.
public enum CircuitPurpose {
    /// Ready for whoever wants one next.
    SPARE,
    /// How fast it is, is being measured.
    PROBE,
    /// Its last hop executes one DHT operation.
    LOOKUP,
    /// Its last hop is a gateway of a person served here: others come in through it.
    INBOUND,
    /// It leads to a gateway of somebody else.
    SPLICE,
    /// It was asked for, for streams to its last hop.
    STREAMS
}
