package org.privatus.node.actor;

import java.util.List;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.stream.StreamEvent;
import org.privatus.onion.stream.StreamRequest;

/// What becomes of a circuit for streams, told by the [CircuitManager] to whoever asked for it.
public sealed interface CircuitEvent {
    /// All hops have answered.
    record CircuitOpened(long circuit, List<NodeId> hops, long elapsedNanos) implements CircuitEvent {}

    /// It could not be built, or is gone, and its streams with it.
    record CircuitGone(long circuit) implements CircuitEvent {}

    /// A stream that was asked for has a number, and may be written to. In the order in which they were asked for.
    ///
    /// @param room bytes that may be written
    record StreamBegun(long circuit, long stream, StreamRequest request, int room) implements CircuitEvent {}

    /// The circuit takes no more streams, or is not open.
    record StreamRefused(long circuit, StreamRequest request) implements CircuitEvent {}

    /// Something happened on a stream. `Writable` says how many bytes more may be written than were allowed before.
    record OnStream(long circuit, long stream, StreamEvent event) implements CircuitEvent {}
}
