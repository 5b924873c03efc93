package org.privatus.simulation.engine;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/// What every dispatcher of a simulated actor system runs on: the ready queue of its [EventLoop]. Named in the configuration;
/// the first one made also hands the loop to the system's scheduler, which exists before any dispatcher and is not used until
/// then.
public final class LoopExecutor extends ExecutorServiceConfigurator {
    private final EventLoop loop;

    /// Called by Pekko.
    public LoopExecutor(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.loop = LoopSetup.in(prerequisites.settings());
        ((VirtualScheduler) prerequisites.scheduler()).attach(loop);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
        return () -> new ReadyQueue(loop);
    }

    private static final class ReadyQueue extends AbstractExecutorService {
        private final EventLoop loop;
        private boolean shutdown;

        ReadyQueue(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
