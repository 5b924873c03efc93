package org.privatus.simulation.fault;

import org.privatus.node.host.Time;
import org.privatus.simulation.engine.EventLoop;

/// A wall clock that is wrong for a while. Monotonic time stays right, as it does on machines whose date is set.
///
/// @param offsetMillis added to the date
/// @param rate how fast the date goes from the beginning of the span, 1 is right
public record SkewedTime(Time inner, EventLoop loop, Span span, long offsetMillis, double rate) implements Time {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public long nanos() {
        return inner.nanos();
    }

    @Override
    public long epochMillis() {
        long now = loop.nowNanos();
        if (!span.contains(now)) {
            return inner.epochMillis();
        }
        double gained = (now - span.fromNanos()) / NANOS_PER_MILLI * (rate - 1);
        return inner.epochMillis() + offsetMillis + (long) gained;
    }
}
