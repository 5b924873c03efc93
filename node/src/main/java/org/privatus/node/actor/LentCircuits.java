package org.privatus.node.actor;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.onion.stream.StreamEvent;
import org.privatus.onion.stream.StreamRequest;

/// Who asked for which circuit, and what they may still write on each stream without asking.
final class LentCircuits {
    private final LongToIntFunction room;
    private final Consumer<ActorRef<? super CircuitEvent>> watch;
    private final TreeMap<Long, ActorRef<? super CircuitEvent>> owners = new TreeMap<>();
    private final TreeMap<Long, Long> circuitOfStream = new TreeMap<>();
    private final SpliceCredits credits = new SpliceCredits();

    /// @param room bytes that a stream could take now
    /// @param watch told of each owner
    LentCircuits(LongToIntFunction room, Consumer<ActorRef<? super CircuitEvent>> watch) {
        this.room = room;
        this.watch = watch;
    }

    void opened(long circuit, ActorRef<? super CircuitEvent> owner) {
        if (!owners.containsValue(owner)) {
            watch.accept(owner);
        }
        owners.put(circuit, owner);
    }

    List<Long> ownedBy(ActorRef<? super CircuitEvent> owner) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().equals(owner))
                .map(Map.Entry::getKey)
                .toList();
    }

    void tell(long circuit, CircuitEvent event) {
        ActorRef<? super CircuitEvent> owner = owners.get(circuit);
        if (owner != null) {
            owner.tell(event);
        }
    }

    void begun(long circuit, StreamRequest request, OptionalLong stream) {
        if (stream.isEmpty()) {
            tell(circuit, new CircuitEvent.StreamRefused(circuit, request));
            return;
        }
        long id = stream.getAsLong();
        int bytes = room.applyAsInt(id);
        circuitOfStream.put(id, circuit);
        credits.opened(id, bytes);
        tell(circuit, new CircuitEvent.StreamBegun(circuit, id, request, bytes));
    }

    void written(long stream, int bytes) {
        credits.used(stream, bytes);
    }

    void grant(long stream, int bytes) {
        int more = credits.grant(stream, bytes);
        if (more > 0) {
            onCircuitOf(stream, new StreamEvent.Writable(more));
        }
    }

    void onStream(long stream, StreamEvent event) {
        switch (event) {
            case StreamEvent.Writable(var bytes) -> grant(stream, bytes);
            case StreamEvent.Closed closed -> {
                onCircuitOf(stream, closed);
                streamClosed(stream);
            }
            case StreamEvent.Connected _, StreamEvent.Received _, StreamEvent.OtherFinished _ ->
                onCircuitOf(stream, event);
        }
    }

    private void onCircuitOf(long stream, StreamEvent event) {
        Long circuit = circuitOfStream.get(stream);
        if (circuit != null) {
            tell(circuit, new CircuitEvent.OnStream(circuit, stream, event));
        }
    }

    void streamClosed(long stream) {
        circuitOfStream.remove(stream);
        credits.closed(stream);
    }

    void closed(long circuit) {
        owners.remove(circuit);
        circuitOfStream.entrySet().removeIf(entry -> {
            if (entry.getValue() != circuit) {
                return false;
            }
            credits.closed(entry.getKey());
            return true;
        });
    }
}
