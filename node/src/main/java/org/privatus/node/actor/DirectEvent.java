package org.privatus.node.actor;

import org.privatus.crypto.identity.Contact;

/// What happens on a direct stream, told by the [DirectActor] to whoever takes it. Streams that were opened here bear the number that was chosen, which is
/// positive; those of peers bear a negative one.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public sealed interface DirectEvent {
    long stream();

    /// A stream that was asked for is open.
    ///
    /// @param capacity bytes that may be sent
    record Opened(long stream, int capacity) implements DirectEvent {}

    /// A peer opened a stream to us.
    ///
    /// @param capacity bytes that may be sent
    record Incoming(long stream, Contact peer, int capacity) implements DirectEvent {}

    /// The next bytes, in order; the array is the receiver's.
    ///
    /// @param cells to be given back as [DirectActor.Taken], or the peer may send no more by and by
    record BytesArrived(long stream, byte[] bytes, int cells) implements DirectEvent {}

    /// So many bytes more may be sent than were allowed before.
    record Writable(long stream, int bytes) implements DirectEvent {}

    /// The stream is over, or could not be opened.
    record Closed(long stream) implements DirectEvent {}
}
