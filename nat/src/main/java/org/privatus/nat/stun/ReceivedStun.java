package org.privatus.nat.stun;

import java.security.MessageDigest;
import java.util.Arrays;
import org.privatus.crypto.wire.WireWriter;

/// A message as it came in, with what is needed to check who protected it. Its fingerprint, if any, has been checked.
public final class ReceivedStun {
    /// Where an integrity attribute starts, when there is none.
    static final int ABSENT = -1;

    private final StunMessage message;
    private final byte[] bytes;
    private final boolean fingerprinted;
    private final int sha1At;
    private final int sha256At;

    ReceivedStun(StunMessage message, byte[] bytes, boolean fingerprinted, int sha1At, int sha256At) {
        this.message = message;
        this.bytes = bytes;
        this.fingerprinted = fingerprinted;
        this.sha1At = sha1At;
        this.sha256At = sha256At;
    }

    public StunMessage message() {
        return message;
    }

    public boolean isFingerprinted() {
        return fingerprinted;
    }

    /// Whether `key` protected the message. Where there are both, the SHA-256 attribute decides alone, so that nobody
    /// can make us look at the weaker one.
    public Integrity integrity(StunKey key) {
        if (sha256At != ABSENT) {
            return check(key, true, sha256At);
        }
        return sha1At != ABSENT ? check(key, false, sha1At) : Integrity.ABSENT;
    }

    private Integrity check(StunKey key, boolean sha256, int at) {
        int length = StunCodec.valueLength(bytes, at);
        byte[] claimed =
                Arrays.copyOfRange(bytes, at + StunCodec.ATTRIBUTE_HEADER, at + StunCodec.ATTRIBUTE_HEADER + length);
        byte[] covered = Arrays.copyOf(bytes, at);
        new WireWriter(covered, 2).u16(at + StunCodec.ATTRIBUTE_HEADER + length - StunCodec.HEADER);
        byte[] expected = Arrays.copyOf(key.mac(sha256, covered, at), length);
        return MessageDigest.isEqual(claimed, expected) ? Integrity.VALID : Integrity.INVALID;
    }

    /// What checking found.
    public enum Integrity {
        VALID,
        INVALID,
        /// The message is not protected.
        ABSENT,
    }
}
