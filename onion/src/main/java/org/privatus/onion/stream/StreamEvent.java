package org.privatus.onion.stream;

import org.privatus.onion.cell.StreamEnd;

/// What happens on a stream of our own. After `Closed` nothing more is said of it.
public sealed interface StreamEvent {
    /// The last hop agreed. Bytes may have been written before.
    record Connected() implements StreamEvent {}

    /// The next bytes, in order. The array is the receiver's, who says when it has read them: of what was not read no more
    /// than a buffer and a window comes.
    @SuppressWarnings("ArrayRecordComponent")
    record Received(byte[] bytes) implements StreamEvent {}

    /// So many bytes may be written, after less could.
    record Writable(int room) implements StreamEvent {}

    /// The other side sends no more, and still reads.
    record OtherFinished() implements StreamEvent {}

    /// The stream is over, not by our wish.
    record Closed(StreamEnd reason) implements StreamEvent {}
}
