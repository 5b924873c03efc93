package org.privatus.simulation.fault;

/// From one moment of virtual time up to, not including, another.
public record Span(long fromNanos, long untilNanos) {
    public boolean contains(long nowNanos) {
        return nowNanos >= fromNanos && nowNanos < untilNanos;
    }
}
