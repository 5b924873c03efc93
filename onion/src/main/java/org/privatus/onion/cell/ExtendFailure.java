package org.privatus.onion.cell;

/// Why a relay did not extend a circuit; one byte on the wire.
public enum ExtendFailure {
    /// No link to the next relay, or it closed the channel before it answered.
    UNREACHABLE(0),
    /// The endpoint is none that this relay dials.
    FORBIDDEN(1),
    /// This circuit, or this relay, has extended too often.
    LIMIT(2),
    /// The next relay says that it has too much to do. That is no failure of it.
    BUSY(3);

    private static final ExtendFailure[] VALUES = values();

    private final int code;

    ExtendFailure(int code) {
        this.code = code;
    }

    public byte[] toBytes() {
        return new byte[] {(byte) code};
    }

    /// Anything unknown is `UNREACHABLE`.
    public static ExtendFailure of(byte[] body) {
        int code = body.length == 0 ? 0 : body[0] & 0xff;
        return code < VALUES.length ? VALUES[code] : UNREACHABLE;
    }
}
