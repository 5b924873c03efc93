package org.privatus.simulation.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.BlockContext$;
import scala.concurrent.CanAwait;

/// An actor system whose dispatchers and scheduler are an [EventLoop]. No thread of its own exists, before, during or after.
public final class LoopSystem<T> implements AutoCloseable {
    private static final String CONFIGURATION = "org/privatus/simulation/engine/loop-system.conf";
    private static final long SHUTDOWN_NANOS = 3_600_000_000_000L;

    private final EventLoop loop;
    private final ActorSystem<T> system;

    private LoopSystem(EventLoop loop, ActorSystem<T> system) {
        this.loop = loop;
        this.system = system;
    }

    /// Starts a system on the loop's thread and runs what starting makes ready.
    public static <T> LoopSystem<T> start(EventLoop loop, Behavior<T> guardian, String name) {
        loop.checkThread();
        Config config = ConfigFactory.parseResources(LoopSystem.class.getClassLoader(), CONFIGURATION)
                .withFallback(ConfigFactory.load())
                .resolve();
        var setup = ActorSystemSetup.create(BootstrapSetup.create(config), new LoopSetup(loop));
        ActorSystem<T> system =
                BlockContext$.MODULE$.withBlockContext(draining(loop), () -> ActorSystem.create(guardian, name, setup));
        loop.drain();
        return new LoopSystem<>(loop, system);
    }

    public ActorSystem<T> system() {
        return system;
    }

    /// Ends all actors, in virtual time. After a run that was stopped by an error there is no time any more, and they are left
    /// as they are.
    @Override
    public void close() {
        if (loop.hasFailed()) {
            return;
        }
        BlockContext$.MODULE$.withBlockContext(draining(loop), () -> {
            system.terminate();
            loop.drain();
            long limit = loop.nowNanos() + SHUTDOWN_NANOS;
            while (!system.whenTerminated().isCompleted() && loop.stepBefore(limit)) {
                // the shutdown is in the steps
            }
            return system;
        });
    }

    /// An actor system waits for its logger while it starts: the wait runs the loop instead.
    private static BlockContext draining(EventLoop loop) {
        return new BlockContext() {
            @Override
            public <R> R blockOn(Function0<R> thunk, CanAwait permission) {
                loop.drain();
                return thunk.apply();
            }
        };
    }
}
