package org.privatus.crypto.suite;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AES on raw blocks. The JDK's ciphers for the two directions are made when first used, since a relay only ever
/// encrypts. One owner each. Allocates when it gets a key, not when it works.
final class AesBlocks {
    static final int KEY_LENGTH = 16;
    static final int BLOCK_LENGTH = 16;

    /// How far the input must lie above the output in one array for the JDK to work without a copy.
    static final int IN_PLACE_DISTANCE = 2 * BLOCK_LENGTH;

    private @Nullable SecretKeySpec key;
    private @Nullable Cipher forward;
    private @Nullable Cipher inverse;

    /// With a key of AES-128.
    AesBlocks(byte[] key, int offset) {
        this(key, offset, KEY_LENGTH);
    }

    AesBlocks(byte[] key, int offset, int length) {
        this.key = new SecretKeySpec(key, offset, length, "AES");
    }

    /// Replaces the key by one of AES-128, in the JDK's ciphers too: an old key must not outlive this.
    void init(byte[] newKey, int offset) {
        key = new SecretKeySpec(newKey, offset, KEY_LENGTH, "AES");
        if (forward != null) {
            keyed(forward, Cipher.ENCRYPT_MODE);
        }
        if (inverse != null) {
            keyed(inverse, Cipher.DECRYPT_MODE);
        }
    }

    /// Encrypts `length` bytes, whole blocks. `in` and `out` may be one array (see [#IN_PLACE_DISTANCE]).
    void encrypt(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Cipher cipher = forward;
        if (cipher == null) {
            cipher = keyed(create(), Cipher.ENCRYPT_MODE);
            forward = cipher;
        }
        process(cipher, in, inOffset, length, out, outOffset);
    }

    /// The inverse of [#encrypt].
    void decrypt(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Cipher cipher = inverse;
        if (cipher == null) {
            cipher = keyed(create(), Cipher.DECRYPT_MODE);
            inverse = cipher;
        }
        process(cipher, in, inOffset, length, out, outOffset);
    }

    /// `data` with the key stream of AES-256 from a zero counter block on.
    static byte[] counterMode(byte[] key, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK_LENGTH]));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher create() {
        try {
            return Cipher.getInstance("AES/ECB/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher keyed(Cipher cipher, int mode) {
        SecretKeySpec current = key;
        if (current == null) {
            throw new IllegalStateException("erased");
        }
        try {
            cipher.init(mode, current);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void process(Cipher cipher, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            cipher.update(in, inOffset, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Forgets the key. The JDK keeps its key schedules in objects that nobody can clear: they go with the garbage.
    void erase() {
        key = null;
        forward = null;
        inverse = null;
    }
}
