package org.privatus.simulation.bench.node;

import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.node.actor.CircuitManager;
import org.privatus.node.actor.SpliceEvent;
import org.privatus.onion.lease.LeaseOwner;

/// Owns splices of a node in the place of a messenger: works on its own, answers those of others. Its messages are [SpliceEvent]s and [Desk.Order]s.
final class SpliceDesk {
    /// Serve a person from now on.
    record Serve(LeaseOwner person) implements Desk.Order {}

    /// Completed with the time that it took until bytes could be sent.
    record Open(PersonAddress to, CompletableFuture<Long> opened) implements Desk.Order {}

    record CloseAll() implements Desk.Order {}

    private record Opening(long begunNanos, CompletableFuture<Long> opened) {}

    private final ActorRef<Object> self;
    private final ActorRef<CircuitManager.Command> circuits;
    private final Streams streams;
    private final TreeMap<Long, Opening> opening = new TreeMap<>();
    private long lastNumber;

    private SpliceDesk(ActorRef<Object> self, ActorRef<CircuitManager.Command> circuits) {
        this.self = self;
        this.circuits = circuits;
        this.streams = new Streams((number, bytes) -> circuits.tell(new CircuitManager.SendBytes(number, bytes)));
    }

    static Behavior<Object> create(ActorRef<CircuitManager.Command> circuits) {
        return Behaviors.setup(context -> {
            var desk = new SpliceDesk(context.getSelf(), circuits);
            return Behaviors.receiveMessage(message -> {
                desk.onMessage(message);
                return Behaviors.same();
            });
        });
    }

    private void onMessage(Object message) {
        switch (message) {
            case SpliceEvent event -> onEvent(event);
            case Serve(var person) -> circuits.tell(new CircuitManager.Serve(person, self));
            case Open(var to, var opened) -> {
                opening.put(++lastNumber, new Opening(System.nanoTime(), opened));
                circuits.tell(new CircuitManager.OpenSplice(lastNumber, to));
            }
            case CloseAll() -> closeAll();
            case Desk.Run(var works, var done) -> streams.run(works, done);
            default -> throw new IllegalArgumentException("a desk does not know " + message);
        }
    }

    private void closeAll() {
        for (long number : streams.own()) {
            streams.closed(number);
            circuits.tell(new CircuitManager.CloseSplice(number));
        }
    }

    private void onEvent(SpliceEvent event) {
        switch (event) {
            case SpliceEvent.SpliceOpened(var number, var path, var capacity) -> {
                streams.opened(number, capacity);
                Opening begun = opening.remove(number);
                if (begun != null) {
                    begun.opened.complete(System.nanoTime() - begun.begunNanos);
                }
            }
            case SpliceEvent.SpliceIncoming(var number, var path, var capacity) -> streams.incoming(number, capacity);
            case SpliceEvent.SpliceBytes(var number, var bytes) -> streams.received(number, bytes);
            case SpliceEvent.SpliceWritable(var number, var more) -> streams.writable(number, more);
            case SpliceEvent.SpliceClosed(var number, var reason) -> {
                Opening failed = opening.remove(number);
                if (failed != null) {
                    failed.opened.completeExceptionally(new IllegalStateException("no splice: " + reason));
                }
                streams.closed(number);
            }
            case SpliceEvent.SpliceStep step -> {}
        }
    }
}
