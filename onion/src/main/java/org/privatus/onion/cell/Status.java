package org.privatus.onion.cell;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// How a request to the last hop went: one byte on the wire.
public enum Status {
    OK(0),
    /// No such token, no such record.
    NOT_FOUND(1),
    /// More than the relay allows this circuit.
    LIMIT(2),
    /// Not done, for a reason that is the relay's.
    FAILED(3),
    /// Not without work: what is asked follows ({@link org.privatus.onion.work.WorkAsked}).
    WORK(4);

    private static final Status[] VALUES = values();

    private final int code;

    Status(int code) {
        this.code = code;
    }

    public byte[] toBytes() {
        return new byte[] {(byte) code};
    }

    /// Reads the first byte of `body`.
    public static Status of(byte[] body) throws MalformedPacketException {
        if (body.length == 0) {
            throw new MalformedPacketException(Reason.TRUNCATED);
        }
        if ((body[0] & 0xff) >= VALUES.length) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return VALUES[body[0]];
    }
}
