package org.privatus.node.process;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/// The event loop that reads the sockets, as the executor of a dispatcher: actors on it take a datagram and write the answer without a change of
/// threads. Named in the configuration; the loop itself comes with the actor system's [Carried] and outlives the dispatcher.
public final class EventLoopExecutor extends ExecutorServiceConfigurator {
    private final Executor loop;

    /// Called by Pekko.
    public EventLoopExecutor(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.loop = Carried.in(prerequisites.settings());
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
        return () -> new OnLoop(loop);
    }

    /// Carries the loop into an actor system that is being made.
    static final class Carried extends Setup {
        private final Executor loop;

        Carried(Executor loop) {
            this.loop = loop;
        }

        private static Executor in(ActorSystem.Settings settings) {
            return settings.setup()
                    .get(Carried.class)
                    .orElseThrow(() -> new IllegalStateException("the actor system was made without an event loop"))
                    .loop;
        }
    }

    /// Its end is that of the dispatcher only.
    private static final class OnLoop extends AbstractExecutorService {
        private final Executor loop;
        private volatile boolean shutdown;

        OnLoop(Executor loop) {
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
