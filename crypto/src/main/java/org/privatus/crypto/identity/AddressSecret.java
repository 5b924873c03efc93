package org.privatus.crypto.identity;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// The 32 secret bytes of a person's address. Whoever holds them can find the person's leases; it is a secret of all
/// correspondents together, so it is neither printed nor logged.
public final class AddressSecret {
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private AddressSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Copies.
    public static AddressSecret of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes instead of " + LENGTH);
        }
        return new AddressSecret(bytes.clone());
    }

    public static AddressSecret generate(SecureRandom keys) {
        byte[] bytes = new byte[LENGTH];
        keys.nextBytes(bytes);
        return new AddressSecret(bytes);
    }

    /// A copy, which the caller erases.
    public byte[] toBytes() {
        return bytes.clone();
    }

    public void erase() {
        Arrays.fill(bytes, (byte) 0);
    }

    /// In constant time.
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "AddressSecret";
    }
}
