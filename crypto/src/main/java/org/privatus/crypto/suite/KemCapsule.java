package org.privatus.crypto.suite;

import java.util.Arrays;

/// What encapsulation yields: a ciphertext to send and the secret that it carries. Takes over both arrays.
public final class KemCapsule {
    public static final int CIPHERTEXT_LENGTH = 1088;
    public static final int SECRET_LENGTH = 32;

    private final byte[] ciphertext;
    private final byte[] secret;

    public KemCapsule(byte[] ciphertext, byte[] secret) {
        if (ciphertext.length != CIPHERTEXT_LENGTH || secret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException(ciphertext.length + " and " + secret.length + " bytes");
        }
        this.ciphertext = ciphertext;
        this.secret = secret;
    }

    /// Not a copy.
    public byte[] ciphertext() {
        return ciphertext;
    }

    /// Not a copy: [#erase()] clears it.
    public byte[] secret() {
        return secret;
    }

    public void erase() {
        Arrays.fill(secret, (byte) 0);
    }
}
