package org.privatus.crypto.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The JDK's SHA-256, for what must come out the same in the simulator too: node ids and the checksums of addresses.
final class Sha256 {
    /// One per thread, and as new after each hash: asking the JDK for another costs more than the hash, and a lookup hashes each contact that it learns.
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::fresh);

    private Sha256() {}

    static byte[] of(byte[]... parts) {
        MessageDigest digest = DIGEST.get();
        digest.reset(); // of what a hash that threw has left
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
