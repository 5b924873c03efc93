package org.privatus.crypto.ntor;

import java.util.Arrays;

/// What one side has after ntor v3: the other's message and the first bytes of the key stream.
final class NtorOutcome {
    private final byte[] message;
    private final byte[] keys;

    NtorOutcome(byte[] message, byte[] keys) {
        this.message = message;
        this.keys = keys;
    }

    byte[] message() {
        return message;
    }

    byte[] keys() {
        return keys;
    }

    void erase() {
        Arrays.fill(message, (byte) 0);
        Arrays.fill(keys, (byte) 0);
    }
}
