package org.privatus.simulation.engine;

/// What an event is, as it enters the trace.
public enum EventKind {
    /// A scheduled message or task of an actor.
    TIMER(1),
    /// A datagram handed to the network; not an event of the queue.
    SENT(2),
    /// A datagram that arrived.
    RECEIVED(3),
    /// A datagram on which the network gave up; not an event of the queue.
    LOST(4),
    /// A job of heavy work whose configured time is over.
    COMPUTED(5),
    /// Storage that finished.
    STORED(6),
    /// A step of the scenario.
    SCENARIO(7);

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /// The kind in trace hashes.
    public int code() {
        return code;
    }
}
