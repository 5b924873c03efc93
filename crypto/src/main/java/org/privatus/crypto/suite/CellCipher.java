package org.privatus.crypto.suite;

import java.util.Arrays;

/// The two ways to compute UIV+ ([Uiv]), which give the same bytes.
public enum CellCipher {
    /// By the JDK's own AES and GHASH, where this machine and the flags of this process give access to them.
    BY_GHASH("POLYVAL by the JDK's GHASH"),
    /// AES by the JDK's ciphers, POLYVAL in Java.
    IN_JAVA("POLYVAL in Java");

    private static final CellCipher BEST = ghashAgrees() ? BY_GHASH : IN_JAVA;

    private final String label;

    CellCipher(String label) {
        this.label = label;
    }

    /// The faster of those that work here; found once per process.
    public static CellCipher best() {
        return BEST;
    }

    Uiv create(byte[] key) {
        return switch (this) {
            case BY_GHASH -> new JdkUiv(key);
            case IN_JAVA -> new PolyvalUiv(new PortablePolyval(), new PortablePolyval(), key);
        };
    }

    /// Whether the fast way is there and yields what the other one does.
    private static boolean ghashAgrees() {
        if (!JdkBlocks.AVAILABLE) {
            return false;
        }
        byte[] key = counting(Uiv.KEY_LENGTH);
        return Arrays.equals(sample(BY_GHASH.create(key)), sample(IN_JAVA.create(key)));
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
