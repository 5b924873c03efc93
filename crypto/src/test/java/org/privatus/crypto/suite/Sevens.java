package org.privatus.crypto.suite;

import java.io.Serial;
import java.security.SecureRandom;
import java.util.Arrays;

/// Not random at all, for the known answers of a self-test: every byte is 7.
final class Sevens extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 7);
    }
}
