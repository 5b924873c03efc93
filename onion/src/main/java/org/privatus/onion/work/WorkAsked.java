package org.privatus.onion.work;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// What a gateway asks for before it does what it was asked. Behind a status of `WORK`:
///
/// ```
///  effort 4 | challenge 16
/// ```
///
/// @param effort hashes to be tried, on average; 1 or more. Who offers more is served before.
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
public record WorkAsked(long effort, byte[] challenge) {
    public static final int CHALLENGE_LENGTH = 16;
    static final long MAX_EFFORT = 0xffff_ffffL;

    public WorkAsked {
        if (effort < 1 || effort > MAX_EFFORT || challenge.length != CHALLENGE_LENGTH) {
            throw new IllegalArgumentException("effort " + effort);
        }
    }

    /// Reads what stands behind the status in `body`.
    public static WorkAsked read(byte[] body) throws MalformedPacketException {
        WireReader in = new WireReader(body);
        in.skip(1);
        long effort = in.u32();
        byte[] challenge = in.bytes(CHALLENGE_LENGTH);
        in.expectEnd();
        if (effort < 1) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return new WorkAsked(effort, challenge);
    }

    /// The status, and this.
    public byte[] toBytes(byte[] status) {
        return WireWriter.allocate(status.length + Integer.BYTES + CHALLENGE_LENGTH)
                .bytes(status)
                .u32(effort)
                .bytes(challenge)
                .toBytes();
    }
}
