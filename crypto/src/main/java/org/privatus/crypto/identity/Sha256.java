package org.privatus.crypto.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The JDK's SHA-256, for what must come out the same in the simulator too: node ids and the checksums of addresses.
final class Sha256 {
    /// Copied for each hash: asking the JDK for a new one costs more than the hash.
    private static final MessageDigest UNTOUCHED = untouched();

    private Sha256() {}

    static byte[] of(byte[]... parts) {
        MessageDigest digest = fresh();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest fresh() {
        try {
            return (MessageDigest) UNTOUCHED.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest untouched() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
