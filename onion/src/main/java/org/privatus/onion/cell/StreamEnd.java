package org.privatus.onion.cell;

/// Why a stream ended; one byte on the wire.
public enum StreamEnd {
    /// The other side closed it.
    DONE(0),
    /// The circuit is gone, or that on the other side of the gateway.
    CIRCUIT_GONE(1),
    /// The other side sent on after XOFF, or more than it had announced.
    OVERFLOW(2),
    /// More than the relay allows.
    LIMIT(3),
    /// Whoever ended it wants no more of it: bytes may be missing.
    RESET(4);

    private static final StreamEnd[] VALUES = values();

    private final int code;

    StreamEnd(int code) {
        this.code = code;
    }

    public byte[] toBytes() {
        return new byte[] {(byte) code};
    }

    /// Anything unknown is `DONE`.
    public static StreamEnd of(byte[] body) {
        int code = body.length == 0 ? 0 : body[0] & 0xff;
        return code < VALUES.length ? VALUES[code] : DONE;
    }
}
