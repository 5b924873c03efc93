package org.privatus.simulation.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.shard.MemberLostException;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.RunOutcome;
import org.privatus.simulation.shard.Shard;
import org.privatus.simulation.shard.ShardOutcome;
import org.privatus.simulation.shard.ShardedRun;

/// The coordinator: gathers members, gives each a shard and the description of the run, runs the first shard itself on the
/// calling thread, and puts the results together. [ClusterMember] is its counterpart.
///
/// A member that is lost ends the run: what the others have seen until then comes back as a partial outcome. A failure on any
/// shard fails the run.
public final class ClusterRun implements AutoCloseable {
    /// Longest description.
    public static final int DESCRIPTION_BYTES_MAX = 128 * 1024;

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration PARTIAL_PATIENCE = Duration.ofSeconds(5);

    private final ClusterSettings settings;
    private final byte[] description;
    private final RunPlan plan;
    private final ShardMap map;
    private final ClusterNode node;
    private final Optional<AeronDriver> driver;
    private @Nullable ClusterExchange exchange;

    private ClusterRun(ClusterSettings settings, byte[] description, RunPlan plan) throws ClusterException {
        this.settings = settings;
        this.description = description;
        this.plan = plan;
        this.map = new ShardMap(plan.settings().nodes(), settings.members());
        Shard.lookaheadNanos(plan.settings(), map);
        this.node = ClusterNode.start(settings);
        this.driver =
                settings.transport().usesAeron() ? Optional.of(AeronDriver.embedded(node::lose)) : Optional.empty();
    }

    /// Runs to the end.
    ///
    /// @param description what every member makes the run of, at most [#DESCRIPTION_BYTES_MAX]
    /// @param gathering is told where to join
    /// @throws ClusterException if not all members came, or a shard failed on a member
    /// @throws IllegalArgumentException if the run does not allow so many shards
    /// @throws IllegalStateException if this process's shard failed
    public static RunOutcome run(
            ClusterSettings settings, byte[] description, RunReader reader, RunObserver observer, Gathering gathering)
            throws ClusterException {
        if (description.length > DESCRIPTION_BYTES_MAX) {
            throw new ClusterException("the description of the run has " + description.length + " bytes; at most "
                    + DESCRIPTION_BYTES_MAX + " go to members");
        }
        RunPlan plan = reader.read(description);
        if (settings.members() == 1) {
            return ShardedRun.run(plan.settings(), 1, plan.factory(), observer);
        }
        try (var run = new ClusterRun(settings, description, plan)) {
            return run.run(observer, gathering);
        }
    }

    private RunOutcome run(RunObserver observer, Gathering gathering) throws ClusterException {
        node.form();
        gathering.listening(node.address(), node::lose);
        List<ClusterMessage.Here> members = gather();
        ClusterMessage.Assigned own = assign(members);
        List<ActorRef<ClusterMessage>> others =
                own.peers().stream().skip(1).map(node::resolve).toList();
        try {
            ShardOutcome first = runFirst(own, observer, others);
            return collect(first, others);
        } finally {
            others.forEach(member -> member.tell(new ClusterMessage.Goodbye()));
        }
    }

    /// Waits until all members have said how they can be reached.
    private List<ClusterMessage.Here> gather() throws ClusterException {
        Path meeting = driver.map(each -> Path.of(each.directory()).resolveSibling("meeting"))
                .orElse(Path.of(""));
        String token = UUID.randomUUID().toString();
        if (driver.isPresent()) {
            write(meeting, token);
        }
        var welcome = new ClusterMessage.Welcome(settings.transport(), meeting.toString(), token);
        Map<String, ClusterMessage.Here> members = new LinkedHashMap<>();
        var deadline = new Deadline(settings.forming());
        while (members.size() < settings.members() - 1) {
            Optional<ClusterMessage> message = node.receive(TICK);
            if (message.isPresent()) {
                greet(message.get(), welcome, members);
            }
            throwLost();
            if (deadline.isOver()) {
                throw new ClusterException("only " + (members.size() + 1) + " of " + settings.members()
                        + " members came within " + settings.forming().toSeconds()
                        + " s: start the others with --cluster-join " + node.address());
            }
        }
        return new ArrayList<>(members.values());
    }

    private void greet(
            ClusterMessage message, ClusterMessage.Welcome welcome, Map<String, ClusterMessage.Here> members) {
        if (message instanceof ClusterMessage.Hello(var member, var version)) {
            node.resolve(member)
                    .tell(
                            version == ClusterSerializer.VERSION
                                    ? welcome
                                    : new ClusterMessage.Lost("the coordinator is of another version"));
        } else if (message instanceof ClusterMessage.Here here) {
            members.put(here.member(), here);
        }
    }

    private void throwLost() throws ClusterException {
        Optional<String> lost = node.lost();
        if (lost.isPresent()) {
            throw new ClusterException(lost.get());
        }
    }

    /// Tells the members their shards, in the order in which they came; returns this process's own.
    private ClusterMessage.Assigned assign(List<ClusterMessage.Here> members) {
        boolean sharedMemory = settings.transport() == TransportKind.AERON
                && members.stream().allMatch(ClusterMessage.Here::sameMachine);
        var peers = new ArrayList<>(List.of(node.path()));
        var endpoints = new ArrayList<String>();
        if (settings.transport().usesAeron() && !sharedMemory) {
            endpoints.add(Transports.freeEndpoint(settings.host()));
            members.forEach(member -> endpoints.add(member.endpoint()));
        }
        members.forEach(member -> peers.add(member.member()));
        String directory = driver.map(AeronDriver::directory).orElse("");
        for (int shard = 1; shard < peers.size(); shard++) {
            node.resolve(peers.get(shard))
                    .tell(new ClusterMessage.Assigned(
                            shard, settings.transport(), peers, endpoints, directory, description));
        }
        return new ClusterMessage.Assigned(0, settings.transport(), peers, endpoints, directory, description);
    }

    private ShardOutcome runFirst(
            ClusterMessage.Assigned own, RunObserver observer, List<ActorRef<ClusterMessage>> others) {
        var meeting = new ClusterExchange(map, 0, Transports.open(node, own, driver), settings.batchWait());
        exchange = meeting;
        node.onLoss(meeting::lose);
        try (var shard = new Shard(plan.settings(), map, 0, plan.factory(), meeting, observer)) {
            try {
                shard.run();
            } catch (MemberLostException e) {
                tellLost(String.valueOf(e.getMessage()), others);
            }
            return shard.outcome();
        } catch (RuntimeException | Error e) {
            tellLost("the coordinator's shard failed: " + e.getMessage(), others);
            throw e;
        }
    }

    private void tellLost(String line, List<ActorRef<ClusterMessage>> others) {
        node.lose(line);
        others.forEach(member -> member.tell(new ClusterMessage.Lost(line)));
    }

    /// The outcomes of all, or of as many as there are when someone is lost.
    private RunOutcome collect(ShardOutcome first, List<ActorRef<ClusterMessage>> others) throws ClusterException {
        var collector = new OutcomeCollector(map, others);
        var deadline = new Deadline(settings.batchWait());
        boolean hasten = false;
        while (!collector.isComplete() && !deadline.isOver()) {
            Optional<ClusterMessage> message = node.receive(TICK);
            if (message.isPresent()) {
                collector.take(message.get());
            }
            if (node.lost().isPresent() && !hasten) {
                hasten = true;
                deadline = new Deadline(PARTIAL_PATIENCE);
            }
        }
        if (!collector.isComplete()) {
            node.lose("a member's results did not come");
        }
        return ShardOutcome.join(map, collector.with(first), node.lost());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (exchange != null) {
            exchange.close();
        }
        driver.ifPresent(AeronDriver::close);
        node.close();
    }
}
