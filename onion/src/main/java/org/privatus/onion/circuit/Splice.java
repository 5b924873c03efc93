package org.privatus.onion.circuit;

import org.privatus.onion.flow.Moment;

/// An own end of a splice, open or on its way.
interface Splice {
    /// Bytes that may be sent now.
    int room();

    /// Takes over `bytes`, at most {@link #room()}.
    void send(byte[] bytes, Moment now);

    /// We want no more of it: what was sent still goes, then END.
    void close(Moment now);
}
