package org.privatus.simulation.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.host.NodeHost;
import org.privatus.onion.lease.LeaseKeys;
import org.privatus.simulation.adversary.FalseAnswers;
import org.privatus.simulation.adversary.Flooder;
import org.privatus.simulation.adversary.Grinding;
import org.privatus.simulation.adversary.HostileCells;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.fault.Span;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.scenario.Adversary;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.world.Identities;

/// Who plays what: the honest, the sick and the hostile, each with its surroundings.
final class Cast implements Surroundings {
    private final Scenario scenario;
    private final CryptoSuite suite;
    private final Identities identities;
    private final int[] people;
    private final Ailments ailments;
    private final EventLoop loop;

    /// A cast for one shard.
    ///
    /// @param people nodes with a person, in order
    Cast(Scenario scenario, CryptoSuite suite, int[] people, Ailments ailments, EventLoop loop) {
        this.scenario = scenario;
        this.suite = suite;
        this.identities = new Identities(suite, scenario.seed());
        this.people = people;
        this.ailments = ailments;
        this.loop = loop;
    }

    @Override
    public NodeIdentity identity(int node) {
        return role(node)
                .flatMap(role -> role instanceof Adversary.Sybil sybil ? Optional.of(sybil.around()) : Optional.empty())
                .map(around ->
                        Grinding.near(place(around), scenario.nodes(), attempt -> identities.ofNode(node, attempt)))
                .orElseGet(() -> identities.ofNode(node));
    }

    private NodeId place(Adversary.Around around) {
        return switch (around) {
            case Adversary.Around.Node(int number) -> identities.ofNode(number).id();
            case Adversary.Around.PersonLease(int index) -> leaseOf(people[index]);
        };
    }

    private NodeId leaseOf(int node) {
        PersonAddress address = identities.ofPerson(node).address(Identities.NETWORK);
        long period = LeaseKeys.period(suite, address, EventLoop.EPOCH_MILLIS);
        try {
            return LeaseKeys.derive(suite, address, period).target();
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("a person of the cast", e);
        }
    }

    @Override
    public Behavior<NodeGuardian.Command> guardian(
            int node, SimulatedHost host, Function<NodeHost, Behavior<NodeGuardian.Command>> create) {
        NodeHost around = ailments.on(host, node, loop);
        Optional<Adversary> role = role(node);
        if (role.isEmpty()) {
            return create.apply(around);
        }
        Span span = Span.of(scenario.beginning(), role.get().at(), role.get().until());
        return switch (role.get()) {
            case Adversary.HostileRelay relay -> create.apply(HostileCells.on(around, loop, span, relay));
            case Adversary.Sybil sybil -> create.apply(FalseAnswers.on(around, loop, span, sybil.answers()));
            case Adversary.Flood flood -> {
                var flooder = Flooder.of(around, flood, scenario.nodes());
                Behavior<NodeGuardian.Command> guardian = create.apply(flooder.on(around));
                yield Behaviors.setup(context -> {
                    context.spawn(flooder.actor(untilNow(span.fromNanos()), length(span)), "flooder");
                    return guardian;
                });
            }
        };
    }

    private Duration untilNow(long momentNanos) {
        return Duration.ofNanos(Math.max(0, momentNanos - loop.nowNanos()));
    }

    private static Duration length(Span span) {
        return span.untilNanos() == Long.MAX_VALUE
                ? Duration.ofNanos(-1)
                : Duration.ofNanos(span.untilNanos() - span.fromNanos());
    }

    /// What a node plays: the last nodes are hostile, in the order of the scenario.
    Optional<Adversary> role(int node) {
        int number = node - scenario.honestNodes();
        if (number < 0) {
            return Optional.empty();
        }
        for (Adversary adversary : scenario.adversaries()) {
            if (number < adversary.count()) {
                return Optional.of(adversary);
            }
            number -= adversary.count();
        }
        return Optional.empty();
    }
}
