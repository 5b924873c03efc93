package org.privatus.simulation.engine;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/// Pekko's scheduler on the virtual clock: every timer is an [Event] of the node that set it, exact to the nanosecond.
public final class VirtualScheduler extends AbstractScheduler {
    private static final double NANOSECOND_RESOLUTION = 1e9;

    private @Nullable EventLoop loop;

    /// Called by Pekko.
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threadFactory) {}

    void attach(EventLoop attached) {
        if (loop != null && loop != attached) {
            throw new IllegalStateException("one scheduler, two loops");
        }
        loop = attached;
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return loop().after(delay.toNanos(), EventKind.TIMER, () -> executor.execute(task));
    }

    @Override
    @SuppressWarnings("deprecation") // what the other fixed-rate methods end in
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        var repeated = new Repeated(loop(), interval.toNanos(), task, executor);
        repeated.arm(initialDelay.toNanos());
        return repeated;
    }

    @Override
    public double maxFrequency() {
        return NANOSECOND_RESOLUTION;
    }

    private EventLoop loop() {
        EventLoop attached = loop;
        if (attached == null) {
            throw new IllegalStateException("scheduled before the first dispatcher was made");
        }
        return attached;
    }

    /// At a fixed rate, which virtual time keeps exactly.
    private static final class Repeated implements Cancellable {
        private final EventLoop loop;
        private final long intervalNanos;
        private final Runnable task;
        private final ExecutionContext executor;
        private @Nullable Event next;
        private boolean cancelled;

        Repeated(EventLoop loop, long intervalNanos, Runnable task, ExecutionContext executor) {
            this.loop = loop;
            this.intervalNanos = intervalNanos;
            this.task = task;
            this.executor = executor;
        }

        void arm(long delayNanos) {
            next = loop.after(delayNanos, EventKind.TIMER, this::fire);
        }

        private void fire() {
            arm(intervalNanos);
            executor.execute(task);
        }

        @Override
        public boolean cancel() {
            boolean first = !cancelled;
            cancelled = true;
            if (next != null) {
                next.cancel();
            }
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
