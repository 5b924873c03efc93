package org.privatus.node.actor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.suite.CryptoReport;
import org.privatus.dht.DhtView;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.StatusView;
import org.privatus.onion.circuit.CircuitsView;
import org.privatus.onion.relay.RelayView;

/// Asks every actor of a node for its view and answers one `status` with what came within a second. Lives that long.
final class StatusCollector {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// What the collector is told.
    sealed interface Command {}

    private record Came<V>(BiConsumer<StatusParts, V> place, V view) implements Command {
        void into(StatusParts parts) {
            place.accept(parts, view);
        }
    }

    private record TooLate() implements Command {}

    /// What the guardian itself knows.
    ///
    /// @param descriptors relays to choose from
    /// @param crashes of children since the start
    record About(
            NodeSpec spec,
            CryptoReport crypto,
            Endpoint listening,
            Optional<Endpoint> self,
            boolean joined,
            int descriptors,
            long uptimeNanos,
            long crashes) {}

    /// The actors that are there.
    record Sources(
            Optional<ActorRef<LinkManager.Command>> links,
            Optional<ActorRef<KademliaActor.Command>> kademlia,
            Optional<ActorRef<CircuitManager.Command>> circuits,
            Optional<ActorRef<RelayActor.Command>> relay,
            Optional<ActorRef<ReachabilityActor.Command>> reachability,
            Optional<ActorRef<Messenger.Command>> messenger,
            Optional<ActorRef<TunerActor.Command>> tuner) {}

    private final ActorContext<Command> context;
    private final StatusParts parts;
    private final ActorRef<ControlReply> replyTo;
    private int awaited;

    private StatusCollector(ActorContext<Command> context, About about, ActorRef<ControlReply> replyTo) {
        this.context = context;
        this.parts = new StatusParts(about);
        this.replyTo = replyTo;
    }

    static Behavior<Command> create(About about, Sources sources, ActorRef<ControlReply> replyTo) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new TooLate(), PATIENCE);
            var collector = new StatusCollector(context, about, replyTo);
            collector.askAll(sources);
            return Behaviors.receiveMessage(collector::onMessage);
        }));
    }

    private void askAll(Sources sources) {
        ask(sources.links(), LinkManager.GetView::new, LinkManager.View.class, (p, view) -> p.links = view);
        ask(sources.kademlia(), KademliaActor.GetView::new, DhtView.class, (p, view) -> p.dht = view);
        ask(sources.circuits(), CircuitManager.GetView::new, CircuitsView.class, (p, view) -> p.circuits = view);
        ask(sources.relay(), RelayActor.GetView::new, RelayView.class, (p, view) -> p.relay = view);
        ask(
                sources.reachability(),
                ReachabilityActor.GetView::new,
                ReachabilityActor.View.class,
                (p, view) -> p.reachability = view);
        ask(sources.messenger(), Messenger.GetView::new, Messenger.View.class, (p, view) -> p.messenger = view);
        ask(sources.tuner(), TunerActor.GetView::new, StatusView.Tuner.class, (p, view) -> p.tuner = view);
    }

    private <Q, V> void ask(
            Optional<ActorRef<Q>> source,
            Function<ActorRef<V>, Q> question,
            Class<V> type,
            BiConsumer<StatusParts, V> place) {
        source.ifPresent(actor -> {
            awaited++;
            actor.tell(question.apply(context.messageAdapter(type, view -> new Came<>(place, view))));
        });
    }

    private Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Came<?> came -> {
                came.into(parts);
                awaited--;
            }
            case TooLate() -> awaited = 0;
        }
        if (awaited > 0) {
            return Behaviors.same();
        }
        replyTo.tell(new ControlReply.Status(parts.assemble()));
        return Behaviors.stopped();
    }
}
