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

    private static final int COUNTER_BITS = 40;

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /// Whether entries of this kind are steps of the loop, whose detail says what caused them. The others' detail is a hash
    /// of the datagram.
    public boolean isStep() {
        return this != SENT && this != LOST;
    }

    /// The detail of a step: which node caused it, and as its how-manieth event.
    static long detail(int cause, long counter) {
        return ((long) (cause + 1) << COUNTER_BITS) | (counter & ((1L << COUNTER_BITS) - 1));
    }

    /// The causing node in the detail of a step.
    public static int causeIn(long detail) {
        return (int) (detail >>> COUNTER_BITS) - 1;
    }

    /// The causing node's counter in the detail of a step.
    public static long counterIn(long detail) {
        return detail & ((1L << COUNTER_BITS) - 1);
    }

    /// The kind in trace hashes.
    public int code() {
        return code;
    }
}
