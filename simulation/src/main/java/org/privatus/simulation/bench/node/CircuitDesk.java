package org.privatus.simulation.bench.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.privatus.node.actor.CircuitEvent;
import org.privatus.node.actor.CircuitManager;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamEvent;
import org.privatus.onion.stream.StreamRequest;
import org.privatus.simulation.bench.work.Task;
import org.privatus.simulation.bench.work.Work;

/// Owns circuits of a node, and works on streams to their last hops. Its messages are [CircuitEvent]s and [Desk.Order]s.
final class CircuitDesk {
    /// Completed with the time that it took.
    record Open(int hops, CompletableFuture<Long> opened) implements Desk.Order {}

    private final ActorRef<Object> self;
    private final ActorRef<CircuitManager.Command> manager;
    private final Deque<CompletableFuture<Long>> opening = new ArrayDeque<>();
    private final Set<Long> circuits = new LinkedHashSet<>();
    private final TreeMap<Long, Deque<Place>> beginning = new TreeMap<>();
    private final TreeMap<Long, Working> working = new TreeMap<>();
    private @Nullable Shift shift;

    /// A piece of work, and the circuit that it is done on.
    private record Place(int number, long circuit, Work work) {}

    private CircuitDesk(ActorRef<Object> self, ActorRef<CircuitManager.Command> manager) {
        this.self = self;
        this.manager = manager;
    }

    static Behavior<Object> create(ActorRef<CircuitManager.Command> manager) {
        return Behaviors.setup(context -> {
            var desk = new CircuitDesk(context.getSelf(), manager);
            return Behaviors.receiveMessage(message -> {
                desk.onMessage(message);
                return Behaviors.same();
            });
        });
    }

    private void onMessage(Object message) {
        switch (message) {
            case CircuitEvent event -> onEvent(event);
            case Open(var hops, var opened) -> {
                opening.addLast(opened);
                manager.tell(new CircuitManager.OpenCircuit(CircuitRequest.of(hops), self));
            }
            case Desk.Run run -> run(run);
            default -> throw new IllegalArgumentException("a desk does not know " + message);
        }
    }

    private void run(Desk.Run run) {
        if (run.works().size() > circuits.size()) {
            run.done()
                    .completeExceptionally(new IllegalStateException(
                            run.works().size() + " pieces of work for " + circuits.size() + " circuits"));
            return;
        }
        shift = new Shift(run.works(), run.done());
        int number = 0;
        for (long circuit : List.copyOf(circuits).subList(0, run.works().size())) {
            begin(new Place(number, circuit, run.works().get(number)));
            number++;
        }
    }

    private void begin(Place place) {
        beginning.computeIfAbsent(place.circuit, _ -> new ArrayDeque<>()).addLast(place);
        manager.tell(new CircuitManager.OpenStream(place.circuit, request(place.work)));
    }

    private static StreamRequest request(Work work) {
        return switch (work.kind()) {
            case SINK -> new StreamRequest(StreamRequest.Kind.SINK, work.bytes());
            case SOURCE -> new StreamRequest(StreamRequest.Kind.SOURCE, work.bytes());
            case ECHO -> new StreamRequest(StreamRequest.Kind.ECHO, work.bytes());
            case MESSAGES -> throw new IllegalArgumentException("a last hop counts no messages");
        };
    }

    private void onEvent(CircuitEvent event) {
        switch (event) {
            case CircuitEvent.CircuitOpened(var circuit, var _, var elapsedNanos) -> {
                circuits.add(circuit);
                opening.removeFirst().complete(elapsedNanos);
            }
            case CircuitEvent.CircuitGone(var circuit) -> {
                if (circuits.remove(circuit)) {
                    fail("a circuit broke");
                } else {
                    opening.removeFirst().completeExceptionally(new IllegalStateException("no circuit"));
                }
            }
            case CircuitEvent.StreamBegun(var circuit, var stream, var _, var room) -> {
                Deque<Place> waiting = beginning.get(circuit);
                if (waiting != null && !waiting.isEmpty()) {
                    var works = new Working(waiting.removeFirst(), stream, room);
                    working.put(stream, works);
                    works.pump();
                }
            }
            case CircuitEvent.StreamRefused _ -> fail("a stream was refused");
            case CircuitEvent.OnStream(var _, var stream, var what) -> {
                Working works = working.get(stream);
                if (works != null) {
                    works.on(what);
                }
            }
        }
    }

    private void fail(String why) {
        working.clear();
        if (shift != null) {
            shift.failed(why);
            shift = null;
        }
    }

    private final class Working {
        private final Place place;
        private final long stream;
        private final Task task;
        private int room;
        private boolean finished;

        Working(Place place, long stream, int room) {
            this.place = place;
            this.stream = stream;
            this.room = room;
            this.task = Task.begun(place.work, System.nanoTime());
        }

        void on(StreamEvent event) {
            switch (event) {
                case StreamEvent.Connected() -> {}
                case StreamEvent.Received(var bytes) -> {
                    manager.tell(new CircuitManager.StreamRead(stream, bytes.length));
                    task.received(bytes.length, System.nanoTime());
                    endOrPump();
                }
                case StreamEvent.Writable(var more) -> {
                    room += more;
                    pump();
                }
                case StreamEvent.OtherFinished() -> {}
                case StreamEvent.Closed(var reason) -> closed(String.valueOf(reason));
            }
        }

        private void pump() {
            for (byte[] bytes = task.next(room, System.nanoTime());
                    bytes.length > 0;
                    bytes = task.next(room, System.nanoTime())) {
                room -= bytes.length;
                manager.tell(new CircuitManager.WriteStream(stream, bytes));
            }
            if (place.work.kind() == Work.Kind.SINK && task.isSent() && !finished) {
                finished = true;
                manager.tell(new CircuitManager.FinishStream(stream));
            }
        }

        /// The relay ends a sink after the last byte, which stands for its answer.
        private void closed(String reason) {
            if (place.work.kind() != Work.Kind.SINK || !task.isSent()) {
                fail("a stream broke: " + reason);
                return;
            }
            task.received(1, System.nanoTime());
            end();
        }

        private void endOrPump() {
            if (task.isDone()) {
                manager.tell(new CircuitManager.CloseStream(stream));
                end();
            } else {
                pump();
            }
        }

        private void end() {
            working.remove(stream);
            if (shift != null && shift.finished(place.number, task.outcome())) {
                begin(place);
            }
        }
    }
}
