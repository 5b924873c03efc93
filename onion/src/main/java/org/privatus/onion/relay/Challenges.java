package org.privatus.onion.relay;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.work.Work;
import org.privatus.onion.work.WorkAsked;
import org.privatus.onion.work.WorkDone;

/// Asks for work, and checks it, without keeping anything: the challenge follows from a secret, the circuit, the number of
/// works that it has done, the token, and the time, of which this and the last two minutes count.
///
/// ```
///  challenge = first 16 of HMAC-SHA-256(secret 32, channel 8 ‖ works 4 ‖ window 8 ‖ token 32)
/// ```
final class Challenges {
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int SECRET_LENGTH = 32;

    private final CryptoSuite suite;
    private final byte[] secret = new byte[SECRET_LENGTH];

    Challenges(CryptoSuite suite, SecureRandom keys) {
        this.suite = suite;
        keys.nextBytes(secret);
    }

    /// Who asks for what.
    ///
    /// @param works that the circuit has done
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(long channel, int works, byte[] token) {}

    WorkAsked ask(Request request, long effort, long nowNanos) {
        return new WorkAsked(effort, challenge(request, nowNanos / WINDOW_NANOS));
    }

    boolean isDone(Request request, WorkDone done, long nowNanos) {
        long window = nowNanos / WINDOW_NANOS;
        return isDone(challenge(request, window), done) || isDone(challenge(request, window - 1), done);
    }

    private boolean isDone(byte[] challenge, WorkDone done) {
        return new Work(suite, challenge, done.effort()).isSolvedBy(done.nonce());
    }

    private byte[] challenge(Request request, long window) {
        byte[] input = WireWriter.allocate(2 * Long.BYTES + Integer.BYTES + request.token.length)
                .u64(request.channel)
                .u32(request.works)
                .u64(window)
                .bytes(request.token)
                .toBytes();
        return Arrays.copyOf(suite.hmacSha256(secret, input), WorkAsked.CHALLENGE_LENGTH);
    }
}
