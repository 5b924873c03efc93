package org.privatus.simulation.bench.node;

import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Contact;
import org.privatus.node.actor.DirectActor;
import org.privatus.node.actor.DirectEvent;

/// Owns direct streams of a node: works on its own, answers those of others. Its messages are [DirectEvent]s and [Desk.Order]s.
final class DirectDesk {
    private record Opening(long begunNanos, CompletableFuture<Long> opened) {}

    /// Completed with the time that it took until bytes could be sent.
    record Open(Contact to, CompletableFuture<Long> opened) implements Desk.Order {}

    private final ActorRef<Object> self;
    private final ActorRef<DirectActor.Command> direct;
    private final Streams streams;
    private final TreeMap<Long, Opening> opening = new TreeMap<>();
    private long lastNumber;

    private DirectDesk(ActorRef<Object> self, ActorRef<DirectActor.Command> direct) {
        this.self = self;
        this.direct = direct;
        this.streams = new Streams((number, bytes) -> direct.tell(new DirectActor.Send(number, bytes)));
    }

    /// Takes streams of others from the beginning.
    static Behavior<Object> create(ActorRef<DirectActor.Command> direct) {
        return Behaviors.setup(context -> {
            var desk = new DirectDesk(context.getSelf(), direct);
            direct.tell(new DirectActor.Accept(desk.self));
            return Behaviors.receiveMessage(message -> {
                desk.onMessage(message);
                return Behaviors.same();
            });
        });
    }

    private void onMessage(Object message) {
        switch (message) {
            case DirectEvent event -> onEvent(event);
            case Open(var to, var opened) -> {
                opening.put(++lastNumber, new Opening(System.nanoTime(), opened));
                direct.tell(new DirectActor.Open(lastNumber, to, self));
            }
            case Desk.Run(var works, var done) -> streams.run(works, done);
            default -> throw new IllegalArgumentException("a desk does not know " + message);
        }
    }

    private void onEvent(DirectEvent event) {
        switch (event) {
            case DirectEvent.Opened(var number, var capacity) -> {
                streams.opened(number, capacity);
                Opening begun = opening.remove(number);
                if (begun != null) {
                    begun.opened.complete(System.nanoTime() - begun.begunNanos);
                }
            }
            case DirectEvent.Incoming(var number, var peer, var capacity) -> streams.incoming(number, capacity);
            case DirectEvent.BytesArrived(var number, var bytes, var cells) -> {
                direct.tell(new DirectActor.Taken(number, cells));
                streams.received(number, bytes);
            }
            case DirectEvent.Writable(var number, var more) -> streams.writable(number, more);
            case DirectEvent.Closed(var number) -> {
                Opening failed = opening.remove(number);
                if (failed != null) {
                    failed.opened.completeExceptionally(new IllegalStateException("no direct stream"));
                }
                streams.closed(number);
            }
        }
    }
}
