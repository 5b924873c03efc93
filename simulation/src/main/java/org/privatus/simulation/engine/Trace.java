package org.privatus.simulation.engine;

/// Is told everything that happens, in order.
@FunctionalInterface
public interface Trace {
    /// One entry.
    ///
    /// @param node whose event it is, or [EventLoop#WORLD]
    /// @param detail what else identifies it: its cause, see [EventKind#causeIn], or a hash of a datagram's receiver and bytes
    void record(int node, long timeNanos, EventKind kind, long detail);
}
