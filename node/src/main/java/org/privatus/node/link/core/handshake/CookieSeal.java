package org.privatus.node.link.core.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.link.core.packet.PacketLayout;

/// How a cookie travels to the node that is to show it: sealed under a key that follows from the responder's public key and a nonce, with `mac1` of the
/// message that it answers as associated data. Whoever does not see that message pass can neither read a cookie nor forge one.
///
/// ```
///  cookie key = SHA-256("privatus link cookie" ‖ prologue ‖ responder's X25519 key)
///  reply key  = HMAC-SHA-256(cookie key, nonce 16)
///  sealed     = AES-256-GCM(reply key, nonce 0, associated data mac1, cookie 16)
/// ```
final class CookieSeal {
    private static final byte[] LABEL = "privatus link cookie".getBytes(StandardCharsets.US_ASCII);

    private CookieSeal() {}

    static byte[] key(CryptoSuite suite, byte[] prologue, byte[] responderKey) {
        return suite.sha256(LABEL, prologue, responderKey);
    }

    /// Seals the cookie into a reply, which holds its nonce.
    static void seal(CryptoSuite suite, byte[] cookieKey, byte[] message1, byte[] cookie, byte[] reply) {
        Aead aead = aead(suite, cookieKey, reply);
        int mac1 = PacketLayout.mac1Offset(message1);
        aead.seal(
                0,
                message1,
                mac1,
                PacketLayout.MAC_LENGTH,
                cookie,
                0,
                PacketLayout.COOKIE_LENGTH,
                reply,
                PacketLayout.COOKIE_SEALED_OFFSET);
        aead.erase();
    }

    /// The cookie in a reply of [PacketLayout#COOKIE_REPLY_LENGTH] bytes; empty if it is no answer to that message.
    static Optional<byte[]> open(CryptoSuite suite, byte[] cookieKey, byte[] message1, byte[] reply) {
        byte[] cookie = new byte[PacketLayout.COOKIE_LENGTH];
        Aead aead = aead(suite, cookieKey, reply);
        int opened = aead.open(
                0,
                message1,
                PacketLayout.mac1Offset(message1),
                PacketLayout.MAC_LENGTH,
                reply,
                PacketLayout.COOKIE_SEALED_OFFSET,
                PacketLayout.COOKIE_LENGTH + PacketLayout.TAG_LENGTH,
                cookie,
                0);
        aead.erase();
        return opened < 0 ? Optional.empty() : Optional.of(cookie);
    }

    private static Aead aead(CryptoSuite suite, byte[] cookieKey, byte[] reply) {
        byte[] key =
                suite.hmacSha256(cookieKey, reply, PacketLayout.COOKIE_NONCE_OFFSET, PacketLayout.COOKIE_NONCE_LENGTH);
        Aead aead = suite.aead(key);
        Arrays.fill(key, (byte) 0);
        return aead;
    }
}
