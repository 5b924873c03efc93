package org.privatus.node.process;

import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/// Pekko's scheduler for a real node: one thread that sleeps until the next deadline.
///
/// Pekko's own wheel wakes up every tick (10 ms, at best 1 ms) whether anything is due or not, and rounds each deadline up
/// to a tick; loss recovery wants deadlines to the fraction of a millisecond, and an idle node should sleep.
public final class ExactScheduler extends AbstractScheduler implements Closeable {
    private static final double FREQUENCY_MAX_HZ = 10_000;

    private final ScheduledThreadPoolExecutor timer;

    /// Called by Pekko, which closes it with the actor system.
    public ExactScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    @SuppressWarnings("deprecation") // what the other fixed-rate methods end in
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable work, ExecutionContext executor) {
        return new Scheduled(timer.scheduleAtFixedRate(
                () -> executor.execute(work), initialDelay.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable work, ExecutionContext executor) {
        try {
            return new Scheduled(timer.schedule(() -> executor.execute(work), delay.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the actor system has ended", e);
        }
    }

    @Override
    public double maxFrequency() {
        return FREQUENCY_MAX_HZ;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private record Scheduled(ScheduledFuture<?> task) implements Cancellable {
        @Override
        public boolean cancel() {
            return task.cancel(false);
        }

        @Override
        public boolean isCancelled() {
            return task.isCancelled();
        }
    }
}
