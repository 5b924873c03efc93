package org.privatus.node.link.core.handshake;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.PacketLayout;

/// The responder's cookies: who returns one has read what was sent to its address and port. Nothing is kept of anybody.
///
/// A cookie is `HMAC-SHA-256(secret, endpoint)`, the first 16 bytes, the endpoint as on the wire (6 or 18 bytes). The secret changes after
/// [#SECRET_LIFE_NANOS]; the one before it still counts, so that no cookie lives shorter than that, nor twice as long.
public final class Cookies {
    /// How long cookies are made of one secret.
    public static final long SECRET_LIFE_NANOS = 120_000_000_000L;

    private static final byte[] NOT_SHOWN = new byte[PacketLayout.MAC_LENGTH];

    private final CryptoSuite suite;
    private final SecureRandom keys;
    private final HandshakeContext context;
    private final byte[] key;
    private final RotatingSecret secrets;

    /// The first half of all nonces: with a counter behind it none comes twice.
    private final long nonceHead;

    private long replies;

    /// Of a node that speaks the context's version, and maybe lower ones.
    public Cookies(HandshakeContext context) {
        this.suite = context.suite();
        this.keys = context.keys();
        this.context = context;
        this.key = context.ownCookieKey();
        this.secrets = new RotatingSecret(SECRET_LIFE_NANOS);
        this.nonceHead = keys.nextLong();
    }

    /// Whether `mac2` of a message 1 shows a cookie that was sent to where it came from. Zeros, as in a first message, cost nothing.
    public boolean isShown(byte[] message1, Endpoint from, long now) {
        secrets.advance(keys, now);
        int mac2 = message1.length - PacketLayout.MAC_LENGTH;
        byte[] found = Arrays.copyOfRange(message1, mac2, message1.length);
        return !Arrays.equals(found, NOT_SHOWN)
                && (isMacOf(message1, secrets.current(), from, found)
                        || isMacOf(message1, secrets.previous(), from, found));
    }

    private boolean isMacOf(byte[] message1, byte[] secret, Endpoint from, byte[] found) {
        return secret.length > 0 && MessageDigest.isEqual(mac2(suite, cookie(secret, from), message1), found);
    }

    /// What whoever sent message 1 gets, always [PacketLayout#COOKIE_REPLY_LENGTH] bytes, which is less than any message 1 has.
    public byte[] reply(byte[] message1, Endpoint from, long now) {
        secrets.advance(keys, now);
        byte[] reply = new byte[PacketLayout.COOKIE_REPLY_LENGTH];
        new WireWriter(reply, 0)
                .u8(PacketLayout.COOKIE_REPLY)
                .u8(message1[PacketLayout.VERSION_OFFSET] & 0xff)
                .bytes(message1, PacketLayout.HANDSHAKE_LINK_ID_OFFSET, PacketLayout.LINK_ID_LENGTH)
                .u64(nonceHead)
                .u64(replies++);
        CookieSeal.seal(suite, keyFor(message1), message1, cookie(secrets.current(), from), reply);
        return reply;
    }

    private byte[] keyFor(byte[] message1) {
        int version = message1[PacketLayout.VERSION_OFFSET] & 0xff;
        return version == context.version()
                ? key
                : context.speaking(version).map(HandshakeContext::ownCookieKey).orElse(key);
    }

    private byte[] cookie(byte[] secret, Endpoint from) {
        WireWriter endpoint = WireWriter.allocate(from.length());
        from.write(endpoint);
        return Arrays.copyOf(suite.hmacSha256(secret, endpoint.toBytes()), PacketLayout.COOKIE_LENGTH);
    }

    /// `HMAC-SHA-256(cookie, all before mac2)`, the first 16 bytes.
    static byte[] mac2(CryptoSuite suite, byte[] cookie, byte[] message1) {
        byte[] mac = suite.hmacSha256(cookie, message1, 0, message1.length - PacketLayout.MAC_LENGTH);
        return Arrays.copyOf(mac, PacketLayout.MAC_LENGTH);
    }
}
