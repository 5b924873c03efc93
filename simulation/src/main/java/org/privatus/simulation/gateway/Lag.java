package org.privatus.simulation.gateway;

import java.util.concurrent.TimeUnit;

/// How far the virtual clock is behind the wall clock, in nanoseconds: at each step, the wall clock's time less the step's.
final class Lag {
    /// From here on what real nodes see is no longer the simulated delay.
    static final long WORTH_A_WARNING = TimeUnit.SECONDS.toNanos(1);

    private long recent;
    private long worst;

    /// After a step.
    void was(long nanos) {
        recent = Math.max(recent, nanos);
        worst = Math.max(worst, nanos);
    }

    /// The largest since the last call.
    long takeRecent() {
        long taken = recent;
        recent = 0;
        return taken;
    }

    /// The largest of the run.
    long worst() {
        return worst;
    }
}
