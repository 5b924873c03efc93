package org.privatus.node.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.node.actor.ActorControl;
import org.privatus.node.actor.Asking;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.control.ControlPort;
import org.privatus.node.settings.ProcessSettings;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.transport.NettyDatagrams;
import org.slf4j.LoggerFactory;

/// The real nodes of one process: one actor system and one [SystemHost] for all of them. Most processes run one node;
/// `localnet` and tests run many. Safe for use by many threads.
public final class RealNodes implements AutoCloseable {
    private static final Duration SPAWN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private final ActorSystem<SpawnProtocol.Command> system;
    private final SystemHost host;
    private final AtomicInteger started = new AtomicInteger();

    /// @param data a directory on the disk that the gauges watch
    public RealNodes(ProcessSettings settings, Path data) throws IOException {
        // Before any thread of the actor system logs: what several log while logging starts is announced as a mishap.
        LoggerFactory.getILoggerFactory();
        var datagrams = new NettyDatagrams(settings.socketBufferBytes(), settings.mayUseEpoll());
        var setup = ActorSystemSetup.create(
                BootstrapSetup.create(SettingsLoader.pekko(settings)), new EventLoopExecutor.Carried(datagrams.loop()));
        system = ActorSystem.create(SpawnProtocol.create(), "privatus", setup);
        host = new SystemHost(system, datagrams, settings, data);
    }

    public SystemHost host() {
        return host;
    }

    /// Starts a node. Returns at once; `events` is told of its progress, on the node's dispatcher: it must not block.
    public RealNode start(NodeSpec spec, Consumer<NodeEvent> events) {
        String name = "node-" + started.incrementAndGet();
        ActorRef<NodeEvent> taker = spawn(taker(events), name + "-events");
        ActorRef<NodeGuardian.Command> guardian = spawn(NodeGuardian.create(spec, host, taker), name);
        var ended = new CompletableFuture<Void>();
        spawn(ending(guardian, ended), name + "-end");
        return new RealNode(guardian, new ActorControl(system, guardian), ended);
    }

    private static Behavior<NodeEvent> taker(Consumer<NodeEvent> events) {
        return Behaviors.receiveMessage(event -> {
            events.accept(event);
            return Behaviors.same();
        });
    }

    private static Behavior<Void> ending(ActorRef<NodeGuardian.Command> guardian, CompletableFuture<Void> ended) {
        return Behaviors.setup(context -> {
            context.watch(guardian);
            return Behaviors.receive(Void.class)
                    .onSignal(Terminated.class, terminated -> {
                        ended.complete(null);
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }

    /// An actor of the caller's on the loop that reads the sockets, where what it tells the nodes' actors changes no thread.
    public <T> ActorRef<T> spawnOnLoop(Behavior<T> behavior, String name) {
        return spawn(behavior, name, host.loop());
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return spawn(behavior, name, Props.empty());
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name, Props props) {
        return await(Asking.<SpawnProtocol.Command, ActorRef<T>>ask(
                system, system, SPAWN_PATIENCE, replyTo -> new SpawnProtocol.Spawn<>(behavior, name, props, replyTo)));
    }

    /// Asks one of the actors; see [Asking].
    public <Q, R> CompletionStage<R> ask(ActorRef<Q> to, Function<ActorRef<R>, Q> request) {
        return Asking.ask(system, to, SPAWN_PATIENCE, request);
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SPAWN_PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the actor system does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Ends every node that still runs, then the actor system and the sockets. Waits at most some seconds.
    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the actors did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            host.close();
        }
    }

    /// A node that was started.
    ///
    /// @param ended completed when the node has ended
    public record RealNode(ActorRef<NodeGuardian.Command> guardian, ControlPort port, CompletionStage<Void> ended) {
        /// Asks the node to end; see [#ended].
        public void stop() {
            guardian.tell(new NodeGuardian.Stop());
        }
    }
}
