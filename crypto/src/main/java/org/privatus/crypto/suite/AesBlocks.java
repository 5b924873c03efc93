package org.privatus.crypto.suite;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AES-128 on raw blocks. The JDK's ciphers for the two directions are made when first used, since a relay only ever
/// encrypts. One owner each. Allocates when it gets a key, not when it works.
final class AesBlocks {
    static final int KEY_LENGTH = 16;
    static final int BLOCK_LENGTH = 16;

    /// How far the input must lie above the output in one array for the JDK to work without a copy.
    static final int IN_PLACE_DISTANCE = 2 * BLOCK_LENGTH;

    private @Nullable SecretKeySpec key;
    private @Nullable Cipher forward;
    private @Nullable Cipher inverse;
    private boolean forwardKeyed;
    private boolean inverseKeyed;

    AesBlocks(byte[] key, int offset) {
        init(key, offset);
    }

    void init(byte[] newKey, int offset) {
        key = new SecretKeySpec(newKey, offset, KEY_LENGTH, "AES");
        forwardKeyed = false;
        inverseKeyed = false;
    }

    /// Encrypts `length` bytes, whole blocks. `in` and `out` may be one array (see [#IN_PLACE_DISTANCE]).
    void encrypt(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        if (!forwardKeyed) {
            forward = keyed(forward, Cipher.ENCRYPT_MODE);
            forwardKeyed = true;
        }
        process(forward, in, inOffset, length, out, outOffset);
    }

    /// The inverse of [#encrypt].
    void decrypt(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        if (!inverseKeyed) {
            inverse = keyed(inverse, Cipher.DECRYPT_MODE);
            inverseKeyed = true;
        }
        process(inverse, in, inOffset, length, out, outOffset);
    }

    private Cipher keyed(@Nullable Cipher existing, int mode) {
        SecretKeySpec current = key;
        if (current == null) {
            throw new IllegalStateException("erased");
        }
        try {
            Cipher cipher = existing != null ? existing : Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, current);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void process(
            @Nullable Cipher cipher, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        if (cipher == null) {
            throw new IllegalStateException("erased");
        }
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
        forwardKeyed = true;
        inverseKeyed = true;
    }
}
