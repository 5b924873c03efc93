package org.privatus.simulation.engine;

/// What an event is, as it enters the trace. The order of the constants is part of every trace hash.
public enum EventKind {
    /// A scheduled message or task of an actor.
    TIMER,
    /// A datagram handed to the network; not an event of the queue.
    SENT,
    /// A datagram that arrived.
    RECEIVED,
    /// A datagram on which the network gave up; not an event of the queue.
    LOST,
    /// A job of heavy work whose configured time is over.
    COMPUTED,
    /// Storage that finished.
    STORED,
    /// A step of the scenario.
    SCENARIO
}
