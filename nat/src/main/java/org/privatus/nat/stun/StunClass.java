package org.privatus.nat.stun;

/// What a message is within its transaction (RFC 8489 §5).
public enum StunClass {
    REQUEST(0),
    INDICATION(1),
    SUCCESS(2),
    ERROR(3);

    /// C1 and C0 of the message type.
    private final int bits;

    StunClass(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }
}
