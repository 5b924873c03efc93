package org.privatus.onion.work;

import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The answer to a {@link WorkAsked}, behind the token of the request that is repeated:
///
/// ```
///  token 32 | effort 4 | nonce 8
/// ```
public record WorkDone(long effort, long nonce) {
    public static final int LENGTH = 12;

    /// What stands behind the first `tokenLength` bytes of a request; empty where nothing does.
    public static Optional<WorkDone> read(byte[] body, int tokenLength) throws MalformedPacketException {
        if (body.length == tokenLength) {
            return Optional.empty();
        }
        WireReader in = new WireReader(body);
        in.skip(tokenLength);
        long effort = in.u32();
        long nonce = in.u64();
        in.expectEnd();
        if (effort < 1) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return Optional.of(new WorkDone(effort, nonce));
    }

    /// The token, and this.
    public byte[] behind(byte[] token) {
        byte[] request = Arrays.copyOf(token, token.length + LENGTH);
        byte[] mine = WireWriter.allocate(LENGTH).u32(effort).u64(nonce).toBytes();
        System.arraycopy(mine, 0, request, token.length, LENGTH);
        return request;
    }
}
