package org.privatus.node.link.core.handshake;

import java.security.SecureRandom;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.WireWriter;

/// The responder's address tokens: who returns one has read a message 2 that was sent to its address and port, less than a day ago. Nothing is kept of
/// anybody, and a token says nothing of any key.
///
/// A token is `HMAC-SHA-256(secret, endpoint)`, the first 8 bytes, the endpoint as on the wire (6 or 18 bytes). It only has to be dearer to guess than what
/// it gains: one answer that is longer than its request. The secret changes after [#SECRET_LIFE_NANOS]; the one before it still counts.
public final class AddressTokens {
    /// How long tokens are made of one secret, and how long whoever got one may count on it.
    public static final long SECRET_LIFE_NANOS = 12 * 3_600 * 1_000_000_000L;

    private final CryptoSuite suite;
    private final SecureRandom keys;
    private final RotatingSecret secrets = new RotatingSecret(SECRET_LIFE_NANOS);

    public AddressTokens(HandshakeContext context) {
        this.suite = context.suite();
        this.keys = context.keys();
    }

    /// What counts from an address now.
    ///
    /// @param previous as `current` where there is no secret before it
    public record Expected(long current, long previous) {
        boolean contains(long token) {
            return token == current || token == previous;
        }
    }

    public long issue(Endpoint to, long now) {
        secrets.advance(keys, now);
        return token(secrets.current(), to);
    }

    public Expected expected(Endpoint from, long now) {
        long current = issue(from, now);
        return new Expected(current, secrets.previous().length == 0 ? current : token(secrets.previous(), from));
    }

    private long token(byte[] secret, Endpoint endpoint) {
        WireWriter out = WireWriter.allocate(endpoint.length());
        endpoint.write(out);
        return HandshakeContext.firstLong(suite.hmacSha256(secret, out.toBytes()));
    }
}
