package org.privatus.simulation.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.shard.MemberLostException;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.Shard;

/// A member: joins a coordinator, is given a shard, runs it on the calling thread and hands over what it saw.
public final class ClusterMember implements AutoCloseable {
    /// The system property that names the process which this one shall not outlive.
    public static final String PARENT_PROPERTY = "privatus.cluster.parent";

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration PARTIAL_PATIENCE = Duration.ofSeconds(5);

    private final ClusterSettings settings;
    private final ClusterNode node;
    private final ActorRef<ClusterMessage> coordinator;
    private @Nullable ClusterExchange exchange;

    private ClusterMember(ClusterSettings settings, ClusterNode node, ActorRef<ClusterMessage> coordinator) {
        this.settings = settings;
        this.node = node;
        this.coordinator = coordinator;
        Long parent = Long.getLong(PARENT_PROPERTY);
        if (parent != null) {
            ProcessHandle.of(parent)
                    .ifPresentOrElse(
                            process -> {
                                var _ = process.onExit().thenRun(() -> node.lose("the coordinator's process ended"));
                            },
                            () -> node.lose("the coordinator's process ended"));
        }
    }

    /// Takes part in one run and returns when the coordinator has the results.
    ///
    /// @param settings own host and port; the number of members and the transport are the coordinator's to say
    /// @param address host and port of the coordinator
    /// @throws ClusterException if there is no coordinator, or the run ended early
    /// @throws IllegalStateException if the shard failed here
    public static void join(ClusterSettings settings, String address, RunReader reader, RunObserver observer)
            throws ClusterException {
        try (ClusterNode node = ClusterNode.start(settings);
                var member = new ClusterMember(settings, node, node.coordinatorAt(address))) {
            node.join(address, settings.forming());
            member.run(reader, observer);
        }
    }

    private void run(RunReader reader, RunObserver observer) throws ClusterException {
        ClusterMessage.Assigned assigned = beAssigned();
        byte[] outcome = runShard(assigned, reader, observer);
        handOver(assigned.shard(), outcome);
        throwLost();
    }

    /// Says hello until there is an answer, and then waits for a shard.
    private ClusterMessage.Assigned beAssigned() throws ClusterException {
        var deadline = new Deadline(settings.forming());
        boolean welcome = false;
        while (!deadline.isOver()) {
            if (!welcome) {
                coordinator.tell(new ClusterMessage.Hello(node.path(), ClusterSerializer.VERSION));
            }
            Optional<ClusterMessage> message = node.receive(TICK);
            throwLost();
            if (message.isPresent() && message.get() instanceof ClusterMessage.Assigned assigned) {
                return assigned;
            }
            if (message.isPresent() && message.get() instanceof ClusterMessage.Welcome said && !welcome) {
                welcome = true;
                coordinator.tell(new ClusterMessage.Here(
                        node.path(),
                        Transports.isSameMachine(said.meetingFile(), said.token()),
                        Transports.freeEndpoint(settings.host())));
            }
        }
        throw new ClusterException("the coordinator gave no shard within "
                + settings.forming().toSeconds() + " s: it waits for other members");
    }

    private byte[] runShard(ClusterMessage.Assigned assigned, RunReader reader, RunObserver observer) {
        try {
            RunPlan plan = reader.read(assigned.description());
            var map = new ShardMap(plan.settings().nodes(), assigned.peers().size());
            BatchTransport transport = Transports.open(node, assigned, driverFor(assigned));
            var meeting = new ClusterExchange(map, assigned.shard(), transport, settings.batchWait());
            exchange = meeting;
            node.onLoss(meeting::lose);
            try (var shard = new Shard(plan.settings(), map, assigned.shard(), plan.factory(), meeting, observer)) {
                return run(shard);
            }
        } catch (RuntimeException | Error e) {
            String line = "shard " + assigned.shard() + " failed on " + node.address() + ": " + e.getMessage();
            coordinator.tell(new ClusterMessage.Failed(assigned.shard(), line));
            throw e;
        }
    }

    private byte[] run(Shard shard) {
        try {
            shard.run();
        } catch (MemberLostException e) {
            node.lose(String.valueOf(e.getMessage()));
        }
        return OutcomeCodec.encode(shard.outcome());
    }

    private Optional<AeronDriver> driverFor(ClusterMessage.Assigned assigned) {
        if (!assigned.transport().usesAeron()) {
            return Optional.empty();
        }
        return Optional.of(
                assigned.endpoints().isEmpty()
                        ? AeronDriver.at(assigned.directory(), node::lose)
                        : AeronDriver.embedded(node::lose));
    }

    /// Gives the outcome to the coordinator part by part, until it has everything or is gone.
    private void handOver(int shard, byte[] outcome) throws ClusterException {
        coordinator.tell(new ClusterMessage.Finished(shard, outcome.length));
        var deadline = new Deadline(node.lost().isPresent() ? PARTIAL_PATIENCE : settings.batchWait());
        while (!deadline.isOver()) {
            Optional<ClusterMessage> message = node.receive(TICK);
            if (message.isPresent() && message.get() instanceof ClusterMessage.Fetch(var offset)) {
                int end = Math.min(outcome.length, offset + OutcomeCollector.PART_BYTES_MAX);
                coordinator.tell(new ClusterMessage.Part(shard, offset, Arrays.copyOfRange(outcome, offset, end)));
            } else if (message.isPresent() && message.get() instanceof ClusterMessage.Goodbye) {
                return;
            }
        }
    }

    private void throwLost() throws ClusterException {
        Optional<String> lost = node.lost();
        if (lost.isPresent()) {
            throw new ClusterException(lost.get());
        }
    }

    @Override
    public void close() {
        if (exchange != null) {
            exchange.close();
        }
    }
}
