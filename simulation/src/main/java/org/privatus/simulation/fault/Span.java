package org.privatus.simulation.fault;

import java.time.Duration;
import java.util.Optional;

/// From one moment of virtual time up to, not including, another.
public record Span(long fromNanos, long untilNanos) {
    /// What is said as moments after a beginning.
    ///
    /// @param until empty for never
    public static Span of(Duration beginning, Duration at, Optional<Duration> until) {
        return new Span(
                beginning.plus(at).toNanos(),
                until.map(end -> beginning.plus(end).toNanos()).orElse(Long.MAX_VALUE));
    }

    public boolean contains(long nowNanos) {
        return nowNanos >= fromNanos && nowNanos < untilNanos;
    }
}
