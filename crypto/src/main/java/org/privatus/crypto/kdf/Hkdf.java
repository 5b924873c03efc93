package org.privatus.crypto.kdf;

import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;

/// HKDF with SHA-256 (RFC 5869) over the suite's HMAC.
public final class Hkdf {
    private static final int HASH_LENGTH = 32;
    private static final int MAX_LENGTH = 255 * HASH_LENGTH;

    private Hkdf() {}

    /// §2.2: concentrates the input into a key of 32 bytes. An empty salt stands for 32 zero bytes.
    public static byte[] extract(CryptoSuite suite, byte[] salt, byte[]... inputKeyingMaterial) {
        return suite.hmacSha256(salt, inputKeyingMaterial);
    }

    /// §2.3: `length` bytes, at most 8,160, bound to `info`.
    public static byte[] expand(CryptoSuite suite, byte[] pseudoRandomKey, byte[] info, int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(length + " bytes asked of HKDF");
        }
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += HASH_LENGTH, counter++) {
            byte[] next = suite.hmacSha256(pseudoRandomKey, block, info, new byte[] {(byte) counter});
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, out, done, Math.min(HASH_LENGTH, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return out;
    }

    /// Extract, then expand.
    public static byte[] derive(CryptoSuite suite, byte[] salt, byte[] inputKeyingMaterial, byte[] info, int length) {
        byte[] pseudoRandomKey = extract(suite, salt, inputKeyingMaterial);
        byte[] out = expand(suite, pseudoRandomKey, info, length);
        Arrays.fill(pseudoRandomKey, (byte) 0);
        return out;
    }

    /// As [#derive] of 64 bytes with empty info, which is Noise's HKDF with two outputs (§4.3): the halves go into two arrays of
    /// 32 bytes, which may be the inputs.
    public static void derivePair(
            CryptoSuite suite, byte[] salt, byte[] inputKeyingMaterial, byte[] first, byte[] second) {
        byte[] blockAndCounter = new byte[HASH_LENGTH + 1];
        suite.hmacSha256(salt, inputKeyingMaterial, 0, inputKeyingMaterial.length, second, 0);
        blockAndCounter[HASH_LENGTH] = 1;
        suite.hmacSha256(second, blockAndCounter, HASH_LENGTH, 1, blockAndCounter, 0);
        blockAndCounter[HASH_LENGTH] = 2;
        suite.hmacSha256(second, blockAndCounter, 0, blockAndCounter.length, second, 0);
        System.arraycopy(blockAndCounter, 0, first, 0, HASH_LENGTH);
        Arrays.fill(blockAndCounter, (byte) 0);
    }
}
