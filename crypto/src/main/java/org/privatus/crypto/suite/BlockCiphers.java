package org.privatus.crypto.suite;

import java.util.Arrays;

/// The two ways to compute UIV+ ([Uiv]), AES-256-GCM, AES-256 in counter mode and masks of headers, which give the same bytes.
public enum BlockCiphers {
    /// By the JDK's own AES and GHASH, where this machine and the flags of this process give access to them.
    DIRECT("POLYVAL by the JDK's GHASH"),
    /// By the JDK's ciphers as anybody may use them, and POLYVAL in Java.
    PORTABLE("POLYVAL in Java");

    private static final BlockCiphers BEST = directAgrees() ? DIRECT : PORTABLE;

    private final String label;

    BlockCiphers(String label) {
        this.label = label;
    }

    /// The faster of those that work here; found once per process.
    public static BlockCiphers best() {
        return BEST;
    }

    Uiv uiv(byte[] key) {
        return switch (this) {
            case DIRECT -> new JdkUiv(key);
            case PORTABLE -> new PolyvalUiv(new PortablePolyval(), new PortablePolyval(), key);
        };
    }

    /// AES-256-GCM.
    Aead gcm(byte[] key) {
        return switch (this) {
            case DIRECT -> new JdkGcm(key);
            case PORTABLE -> new JcaAead(AeadKind.AES_256_GCM, key);
        };
    }

    /// AES-256 in counter mode from a zero counter block.
    byte[] counterMode(byte[] key, byte[] data) {
        return switch (this) {
            case DIRECT -> JdkBlocks.counterMode(key, data);
            case PORTABLE -> AesBlocks.counterMode(key, data);
        };
    }

    HeaderMask headerMask(byte[] key) {
        return switch (this) {
            case DIRECT -> new JdkHeaderMask(key);
            case PORTABLE -> new AesHeaderMask(key);
        };
    }

    /// Whether the fast way is there and yields what the other one does.
    private static boolean directAgrees() {
        if (!JdkBlocks.AVAILABLE) {
            return false;
        }
        byte[] key = counting(Uiv.KEY_LENGTH);
        return Arrays.equals(sample(DIRECT.uiv(key)), sample(PORTABLE.uiv(key)))
                && Arrays.equals(DIRECT.counterMode(counting(32), key), PORTABLE.counterMode(counting(32), key))
                && Arrays.equals(sample(DIRECT.gcm(counting(32))), sample(PORTABLE.gcm(counting(32))));
    }

    private static byte[] sample(Uiv uiv) {
        byte[] tag = counting(Uiv.TAG_LENGTH);
        byte[] body = counting(Uiv.BODY_LENGTH);
        uiv.encrypt(tag, 3, body, 0);
        uiv.update(tag, tag);
        uiv.decrypt(tag, 2, body, 0);
        uiv.update(tag, tag);
        uiv.decrypt(tag, 1, body, 0);
        uiv.erase();
        return body;
    }

    private static byte[] sample(Aead aead) {
        byte[] packet = counting(300);
        aead.seal(1, packet, 0, 13, packet, 13, 250, packet, 13);
        aead.erase();
        return packet;
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + length);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return label;
    }
}
