package org.privatus.onion.path;

import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A hop that stays, as it is kept over restarts. Dates are epoch milliseconds.
///
/// ```
///  id 32 | since 8 | until 8 | confirmed 8 | unlisted 8
/// ```
///
/// @param since when it was drawn, give or take a tenth of its lifetime: the file shall not tell when this node was used
/// @param until when it is replaced
/// @param confirmed when a circuit first began with it; 0 before
/// @param unlisted since when no descriptor of it is known; 0 while one is
public record KeptGuard(NodeId relay, long since, long until, long confirmed, long unlisted) {
    static final int LENGTH = 64;

    public KeptGuard {
        if (since < 0 || until <= since || confirmed < 0 || unlisted < 0) {
            throw new IllegalArgumentException("a guard from " + since + " until " + until);
        }
    }

    static KeptGuard read(WireReader in) throws MalformedPacketException {
        NodeId relay = NodeId.read(in);
        long since = in.u64();
        long until = in.u64();
        long confirmed = in.u64();
        long unlisted = in.u64();
        if (since < 0 || until <= since || confirmed < 0 || unlisted < 0) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return new KeptGuard(relay, since, until, confirmed, unlisted);
    }

    void write(WireWriter out) {
        relay.write(out);
        out.u64(since).u64(until).u64(confirmed).u64(unlisted);
    }

    /// Without the relay.
    @Override
    public String toString() {
        return "KeptGuard";
    }
}
