package org.privatus.node.actor;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.nat.traversal.EndpointChange;
import org.privatus.nat.traversal.MappingKind;
import org.privatus.nat.traversal.ObservationSettings;
import org.privatus.nat.traversal.ObservedEndpoints;
import org.privatus.node.control.StatusView.Reachability.State;
import org.privatus.node.host.NodeHost;

/// Finds out where others see this node, and whether strangers can reach it there.
///
/// Reachable is a node that a peer dialled which it had not dialled itself; private one whose peers see it at different
/// ports or addresses.
public final class ReachabilityActor {
    /// What the actor is told.
    public sealed interface Command {}

    /// A peer saw us somewhere, now or some time ago.
    public record Observed(Contact observer, Endpoint observed, long atNanos) implements Command {}

    /// A peer dialled us.
    public record DialedByPeer() implements Command {}

    /// What is known now.
    public record GetView(ActorRef<View> replyTo) implements Command {}

    private record DeadlineReached() implements Command {}

    /// What is known of the way to us.
    ///
    /// @param endpoint believed by a quorum of observers
    /// @param observers that were heard of since the start
    public record View(State state, Optional<Endpoint> endpoint, int observers) {}

    private final NodeHost host;
    private final ObservedEndpoints observed;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final DeadlineTimer<Command> deadline;
    private boolean dialedByPeer;
    private int observers;

    private ReachabilityActor(
            NodeSpec spec, NodeHost host, ActorRef<NodeGuardian.Command> guardian, ActorContext<Command> context) {
        this.host = host;
        this.guardian = guardian;
        this.observed = new ObservedEndpoints(
                spec.network().isLaboratory() ? ObservationSettings.LABORATORY : ObservationSettings.DEFAULT);
        this.deadline = new DeadlineTimer<>(context, host.time(), new DeadlineReached());
    }

    public static Behavior<Command> create(NodeSpec spec, NodeHost host, ActorRef<NodeGuardian.Command> guardian) {
        return Behaviors.setup(context -> {
            var actor = new ReachabilityActor(spec, host, guardian, context);
            return actor.deadline.follow(actor::onMessage);
        });
    }

    private Behavior<Command> onMessage(Command command) {
        long now = host.time().nanos();
        switch (command) {
            case Observed(var observer, var endpoint, var at) -> {
                observers++;
                changed(observed.observed(observer.key(), observer.endpoint(), endpoint, at));
            }
            case DialedByPeer() -> dialedByPeer = true;
            case DeadlineReached() -> {
                deadline.fired();
                expire(now);
            }
            case GetView(var replyTo) -> replyTo.tell(new View(state(), endpoint(), observers));
        }
        deadline.follow(observed.deadlineNanos());
        return Behaviors.same();
    }

    private void expire(long now) {
        EndpointChange change = observed.onDeadline(now);
        while (!(change instanceof EndpointChange.Unchanged)) {
            changed(change);
            change = observed.onDeadline(now);
        }
    }

    /// An endpoint that nobody confirms any more is kept until another one is known: silence is no proof of absence.
    private void changed(EndpointChange change) {
        switch (change) {
            case EndpointChange.Learned(var endpoint) -> guardian.tell(new NodeGuardian.SelfEndpointKnown(endpoint));
            case EndpointChange.Moved(var from, var to) -> guardian.tell(new NodeGuardian.SelfEndpointKnown(to));
            case EndpointChange.Lost lost -> {}
            case EndpointChange.Unchanged unchanged -> {}
        }
    }

    private Optional<Endpoint> endpoint() {
        return observed.own(true).or(() -> observed.own(false));
    }

    private State state() {
        boolean varies = varies(observed.mapping(true)) || varies(observed.mapping(false));
        if (dialedByPeer) {
            return State.REACHABLE;
        }
        return varies ? State.PRIVATE : State.UNKNOWN;
    }

    private static boolean varies(MappingKind mapping) {
        return mapping == MappingKind.PORT_VARIES || mapping == MappingKind.ADDRESS_VARIES;
    }
}
