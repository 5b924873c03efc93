package org.privatus.simulation.gateway;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.privatus.simulation.engine.EventLoop;

/// Ties the virtual clock to the wall clock: a step is taken when its time has come, never before. Between steps the loop's
/// thread waits for the next one or for a datagram from outside, whichever comes first.
///
/// When there is more to do than time, the virtual clock falls behind and catches up later; nothing is left out. By how much is
/// in [#lag].
final class PacedLoop {
    /// How long a wish to stop may wait for an idle loop.
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Where datagrams from outside wait.
    interface Outside {
        /// The next datagram, for which to wait at most this long.
        Optional<Arrival> next(long waitNanos) throws InterruptedException;
    }

    private final EventLoop loop;
    private final LongSupplier wallNanos;
    private final Outside outside;
    private final Consumer<Arrival> entrance;
    private final Lag lag = new Lag();

    /// @param wallNanos the wall clock since the run began, never going back
    /// @param entrance is given each datagram on the loop's thread, between two steps
    PacedLoop(EventLoop loop, LongSupplier wallNanos, Outside outside, Consumer<Arrival> entrance) {
        this.loop = loop;
        this.wallNanos = wallNanos;
        this.outside = outside;
        this.entrance = entrance;
    }

    Lag lag() {
        return lag;
    }

    /// Goes on until `over`, which is asked between steps.
    ///
    /// @param eachSecond is called once in each second of the wall clock
    void run(BooleanSupplier over, Runnable eachSecond) throws InterruptedException {
        long nextSecond = wallNanos.getAsLong() + SECOND_NANOS;
        while (!over.getAsBoolean()) {
            long wall = wallNanos.getAsLong();
            if (wall >= nextSecond) {
                nextSecond = wall + SECOND_NANOS;
                eachSecond.run();
            }
            if (loop.stepBefore(wall)) {
                lag.was(wallNanos.getAsLong() - loop.nowNanos());
                outside.next(0).ifPresent(entrance);
            } else {
                loop.runUntil(wall);
                outside.next(pause(wall)).ifPresent(entrance);
            }
        }
    }

    private long pause(long wall) {
        return Math.min(loop.earliestNanos() - wall, LONGEST_WAIT_NANOS);
    }
}
