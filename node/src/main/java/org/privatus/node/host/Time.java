package org.privatus.node.host;

/// The two clocks of a node. Cores never see this: they are told the time with each input.
public interface Time {
    /// Monotonic time in nanoseconds with no meaning but differences. Deadlines are in this clock.
    long nanos();

    /// Milliseconds since 1970, for dates that are signed or shown. May jump.
    long epochMillis();
}
