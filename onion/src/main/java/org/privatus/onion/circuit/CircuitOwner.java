package org.privatus.onion.circuit;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.ExtendFailure;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.flow.Moment;

/// Whoever uses a circuit. What it does not expect is a violation.
interface CircuitOwner {
    CircuitPurpose purpose();

    /// All hops are there.
    default void built(Circuit circuit, Moment now) {}

    /// The hop that was asked for is there.
    default void extended(Circuit circuit, Moment now) {}

    /// The hop that was asked for is not; the circuit is as it was.
    default void extendFailed(Circuit circuit, ExtendFailure failure, Moment now) {}

    /// A message of the last hop that the circuit itself has no use for.
    default void message(Circuit circuit, RelayMessage message, Moment now) throws MalformedPacketException {
        throw new MalformedPacketException(Reason.UNEXPECTED);
    }

    /// Bytes that the last hop sent on one stream, in order. The array is the owner's.
    default void data(Circuit circuit, int stream, byte[] bytes, Moment now) throws MalformedPacketException {
        throw new MalformedPacketException(Reason.UNEXPECTED);
    }

    /// The circuit is past its lifetime, and stays until it is closed.
    default void expired(Circuit circuit, Moment now) {
        circuit.close(CircuitEnd.EXPIRED, now);
    }

    /// The circuit is no more.
    void closed(Circuit circuit, CircuitEnd reason, Moment now);
}
