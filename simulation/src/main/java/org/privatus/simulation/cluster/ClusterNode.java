package org.privatus.simulation.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// This process in the cluster: an actor system with one actor, which leaves what the others say where the thread of the run
/// reads it. What cannot wait it does itself: chunks of batches go to the exchange, and a loss ends the wait for them.
final class ClusterNode implements AutoCloseable {
    private static final String SYSTEM = "privatus-simulation";
    private static final String CONFIGURATION = "org/privatus/simulation/cluster/cluster.conf";
    private static final String ARTERY = "pekko.remote.artery.canonical.";
    private static final String SILENCE = "pekko.cluster.failure-detector.acceptable-heartbeat-pause";
    private static final Duration END_PATIENCE = Duration.ofSeconds(15);

    private final BlockingQueue<ClusterMessage> messages = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
    private final CountDownLatch up = new CountDownLatch(1);
    private final ArteryTransport.Inbox batches = new ArteryTransport.Inbox();
    private final ActorSystem<Void> system;
    private final Address self;
    private volatile Consumer<String> onLoss = line -> {};

    private ClusterNode(Config config) {
        this.system = ActorSystem.create(
                Behaviors.setup(context -> {
                    context.spawn(control(), "control");
                    Cluster cluster = Cluster.get(context.getSystem());
                    ActorRef<ClusterEvent.ClusterDomainEvent> events =
                            context.spawn(follow(cluster.selfMember().address()), "members");
                    cluster.subscriptions().tell(Subscribe.create(events, ClusterEvent.ClusterDomainEvent.class));
                    return Behaviors.empty();
                }),
                SYSTEM,
                config);
        this.self = Cluster.get(system).selfMember().address();
    }

    /// Listens.
    ///
    /// @throws ClusterException if the address or port cannot be had
    static ClusterNode start(ClusterSettings settings) throws ClusterException {
        Config own = ConfigFactory.empty()
                .withValue(ARTERY + "hostname", ConfigValueFactory.fromAnyRef(settings.host()))
                .withValue(ARTERY + "port", ConfigValueFactory.fromAnyRef(settings.port()))
                .withValue(SILENCE, ConfigValueFactory.fromAnyRef(settings.silence()));
        Config config = own.withFallback(
                        ConfigFactory.parseResources(ClusterNode.class.getClassLoader(), CONFIGURATION))
                .withFallback(ConfigFactory.load())
                .resolve();
        var _ = LoggerFactory.getILoggerFactory(); // before several threads want it
        try {
            return new ClusterNode(config);
        } catch (RuntimeException e) {
            throw new ClusterException("cannot listen on " + settings.host() + ":" + settings.port() + ": "
                    + e.getMessage() + "; choose an address of this machine and a free port");
        }
    }

    private Behavior<ClusterMessage> control() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case ClusterMessage.Chunk(var bytes) -> batches.put(bytes);
                case ClusterMessage.Lost(var line) -> lose(line);
                case ClusterMessage.Failed(var shard, var line) -> {
                    messages.add(message);
                    lose(line);
                }
                case ClusterMessage.Hello _,
                        ClusterMessage.Welcome _,
                        ClusterMessage.Here _,
                        ClusterMessage.Assigned _,
                        ClusterMessage.Finished _,
                        ClusterMessage.Fetch _,
                        ClusterMessage.Part _,
                        ClusterMessage.Goodbye _ -> messages.add(message);
            }
            return Behaviors.same();
        });
    }

    private Behavior<ClusterEvent.ClusterDomainEvent> follow(Address here) {
        return Behaviors.receiveMessage(event -> {
            switch (event) {
                case ClusterEvent.MemberUp member when member.member().address().equals(here) -> up.countDown();
                case ClusterEvent.UnreachableMember member -> lose(member.member(), "does not answer");
                case ClusterEvent.MemberRemoved member -> lose(member.member(), "left the cluster");
                default -> {
                    // of no interest
                }
            }
            return Behaviors.same();
        });
    }

    private void lose(Member member, String how) {
        lose("member " + text(member.address()) + " is lost: it " + how);
    }

    /// Ends the run here. From any thread; only the first line counts.
    void lose(String line) {
        if (lost.compareAndSet(null, line)) {
            onLoss.accept(line);
        }
    }

    /// Why the run cannot go on, if so.
    Optional<String> lost() {
        return Optional.ofNullable(lost.get());
    }

    /// Tells of a loss, also of one that was before.
    void onLoss(Consumer<String> told) {
        onLoss = told;
        lost().ifPresent(told);
    }

    /// Chunks of batches that came over the cluster's connections.
    ArteryTransport.Inbox batches() {
        return batches;
    }

    /// Begins a cluster with this process as its first member.
    void form() {
        Cluster.get(system).manager().tell(Join.create(self));
    }

    /// Becomes a member of the cluster that a coordinator formed.
    ///
    /// @param coordinator host and port
    /// @throws ClusterException if there is none within the patience
    void join(String coordinator, Duration patience) throws ClusterException {
        Address there = addressOf(coordinator);
        Cluster.get(system).manager().tell(Join.create(there));
        boolean joined = await(patience);
        if (!joined) {
            throw new ClusterException(String.format(
                    Locale.ROOT,
                    "no cluster at %s within %d s: start the coordinator with --cluster-listen %s",
                    coordinator,
                    patience.toSeconds(),
                    coordinator));
        }
    }

    private boolean await(Duration patience) throws ClusterException {
        try {
            return up.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ClusterException interrupted() {
        Thread.currentThread().interrupt();
        return new ClusterException("interrupted");
    }

    private static Address addressOf(String hostAndPort) throws ClusterException {
        try {
            HostAndPort place = HostAndPort.parse(hostAndPort);
            return new Address("pekko", SYSTEM, place.host(), place.port());
        } catch (IllegalArgumentException e) {
            throw new ClusterException(String.valueOf(e.getMessage()));
        }
    }

    /// Host and port of this process.
    String address() {
        return text(self);
    }

    private static String text(Address address) {
        return address.getHost().orElse("") + ":"
                + address.getPort().map(Object::toString).orElse("");
    }

    /// By which others reach this process's actor.
    String path() {
        return path(self);
    }

    private static String path(Address address) {
        return address + "/user/control";
    }

    ActorRef<ClusterMessage> coordinatorAt(String hostAndPort) throws ClusterException {
        return resolve(path(addressOf(hostAndPort)));
    }

    ActorRef<ClusterMessage> resolve(String path) {
        return ActorRefResolver.get(system).resolveActorRef(path);
    }

    /// The next message; empty when none comes within the patience, or someone was lost.
    Optional<ClusterMessage> receive(Duration patience) throws ClusterException {
        try {
            return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public void close() {
        onLoss = line -> {};
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // its threads are daemons: the process ends without it
        }
    }
}
