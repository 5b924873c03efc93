package org.privatus.onion.relay;

import org.privatus.crypto.suite.RandomFill;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;

/// A stream between the client of a circuit and this relay, its last hop. {@link CircuitStreams} tells it what came, the
/// {@link InwardLane} takes what is to be sent.
interface HopStream {
    int id();

    /// Bytes from the client.
    void received(RelayMessage data, long nowNanos);

    /// The client sends no more, and still reads.
    void finished(long nowNanos);

    /// The client ended the stream; it is in no table any more.
    void ended(StreamEnd reason, long nowNanos);

    /// The circuit is gone; the stream is in no table any more.
    void cut(long nowNanos);

    /// The client wants no more for now, or again.
    void hold(boolean stop);

    /// Whether a message could go now.
    boolean hasSomething();

    /// DATA messages that could go now, before anything else.
    int dataCells();

    /// Writes the next message behind the tag of the cell that begins at `offset`.
    void write(byte[] run, int offset, RandomFill fill, long nowNanos);

    /// Since when the oldest bytes wait; `Long.MAX_VALUE` if none do.
    long oldestNanos();

    /// Nothing goes in or out any more.
    void remove();
}
