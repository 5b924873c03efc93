package org.privatus.node.link.core.packet;

import java.nio.charset.StandardCharsets;
import org.privatus.crypto.suite.CryptoSuite;

/// What follows from the two keys that Noise's `Split()` returns: for each direction one block of HKDF-Expand (RFC 5869 section 2.3) per label, as RFC
/// 9001 section 5.1 does it.
final class KeySchedule {
    private static final byte[] PACKETS = label("privatus link packets");
    private static final byte[] HEADERS = label("privatus link headers");
    private static final byte[] FIRST_BLOCK = {1};

    private KeySchedule() {}

    static byte[] packetKey(CryptoSuite suite, byte[] secret) {
        return suite.hmacSha256(secret, PACKETS, FIRST_BLOCK);
    }

    static byte[] headerKey(CryptoSuite suite, byte[] secret) {
        return suite.hmacSha256(secret, HEADERS, FIRST_BLOCK);
    }

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
