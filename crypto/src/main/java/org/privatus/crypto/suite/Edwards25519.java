package org.privatus.crypto.suite;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519Field;

/// Points of the curve edwards25519 (RFC 8032 §5.1) in extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. Immutable.
///
/// Addition is complete (Hisil, Wong, Carter, Dawson 2008, §3.1, a = -1): the same steps for any two points, equal ones and
/// the neutral one too. [#times] takes the same steps and reads the same memory for all scalars; some 80 µs.
final class Edwards25519 {
    static final int LENGTH = 32;

    private static final int WINDOW_BITS = 4;
    private static final int WINDOW = 1 << WINDOW_BITS;
    private static final int SIGN_BIT = 0x80;

    private static final int[] D = d();
    private static final int[] TWO_D = sum(D, D);

    /// The generator: y = 4/5, x even.
    static final Edwards25519 BASE = base();

    private final int[] x;
    private final int[] y;
    private final int[] z;
    private final int[] t;

    private Edwards25519(int[] x, int[] y, int[] z, int[] t) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    private static Edwards25519 neutral() {
        return new Edwards25519(X25519Field.create(), one(), one(), X25519Field.create());
    }

    private static Edwards25519 base() {
        byte[] encoded = new byte[LENGTH];
        Arrays.fill(encoded, (byte) 0x66);
        encoded[0] = 0x58;
        return decode(encoded).orElseThrow();
    }

    /// -121665/121666
    private static int[] d() {
        int[] numerator = X25519Field.create();
        numerator[0] = 121665;
        X25519Field.negate(numerator, numerator);
        int[] denominator = X25519Field.create();
        denominator[0] = 121666;
        X25519Field.inv(denominator, denominator);
        return product(numerator, denominator);
    }

    /// RFC 8032 §5.1.3; empty for what is no point and for encodings that are not the shortest. For public points: its time
    /// depends on them.
    static Optional<Edwards25519> decode(byte[] encoded) {
        int[] y = X25519Field.create();
        X25519Field.decode255(encoded, y);
        int[] square = product(y, y);
        int[] x = X25519Field.create();
        if (!isShortest(y, encoded)
                || !X25519Field.sqrtRatioVar(difference(square, one()), sum(product(D, square), one()), x)) {
            return Optional.empty();
        }
        X25519Field.normalize(x);
        boolean odd = (encoded[LENGTH - 1] & SIGN_BIT) != 0;
        if (odd && X25519Field.isZeroVar(x)) {
            return Optional.empty();
        }
        if (odd != ((x[0] & 1) != 0)) {
            X25519Field.negate(x, x);
            X25519Field.carry(x);
        }
        return Optional.of(new Edwards25519(x, y, one(), product(x, y)));
    }

    private static boolean isShortest(int[] y, byte[] encoded) {
        byte[] again = encoded(y);
        again[LENGTH - 1] |= (byte) (encoded[LENGTH - 1] & SIGN_BIT);
        return Arrays.equals(again, encoded);
    }

    private static byte[] encoded(int[] element) {
        int[] normal = element.clone();
        X25519Field.normalize(normal);
        byte[] out = new byte[LENGTH];
        X25519Field.encode(normal, out);
        return out;
    }

    byte[] encode() {
        int[] inverse = X25519Field.create();
        X25519Field.inv(z, inverse);
        byte[] out = encoded(product(y, inverse));
        int odd = encoded(product(x, inverse))[0] & 1;
        out[LENGTH - 1] |= (byte) (odd * SIGN_BIT);
        return out;
    }

    Edwards25519 plus(Edwards25519 other) {
        int[] a = product(difference(y, x), difference(other.y, other.x));
        int[] b = product(sum(y, x), sum(other.y, other.x));
        int[] c = product(product(t, TWO_D), other.t);
        int[] halfD = product(z, other.z);
        int[] d = sum(halfD, halfD);
        int[] e = difference(b, a);
        int[] f = difference(d, c);
        int[] g = sum(d, c);
        int[] h = sum(b, a);
        return new Edwards25519(product(e, f), product(g, h), product(f, g), product(e, h));
    }

    /// This point multiplied by 32 bytes, little-endian, of any value.
    Edwards25519 times(byte[] scalar) {
        Edwards25519[] multiples = new Edwards25519[WINDOW];
        multiples[0] = neutral();
        for (int i = 1; i < WINDOW; i++) {
            multiples[i] = multiples[i - 1].plus(this);
        }
        Edwards25519 sum = neutral();
        for (int i = 2 * LENGTH - 1; i >= 0; i--) {
            for (int doubling = 0; doubling < WINDOW_BITS; doubling++) {
                sum = sum.plus(sum);
            }
            int digit = scalar[i >>> 1] >>> (WINDOW_BITS * (i & 1)) & (WINDOW - 1);
            sum = sum.plus(chosen(multiples, digit));
        }
        return sum;
    }

    /// Reads all of them.
    private static Edwards25519 chosen(Edwards25519[] multiples, int digit) {
        Edwards25519 out = neutral();
        for (int i = 0; i < WINDOW; i++) {
            int mask = ((i ^ digit) - 1) >> 31;
            X25519Field.cmov(mask, multiples[i].x, 0, out.x, 0);
            X25519Field.cmov(mask, multiples[i].y, 0, out.y, 0);
            X25519Field.cmov(mask, multiples[i].z, 0, out.z, 0);
            X25519Field.cmov(mask, multiples[i].t, 0, out.t, 0);
        }
        return out;
    }

    private static int[] one() {
        int[] one = X25519Field.create();
        X25519Field.one(one);
        return one;
    }

    private static int[] product(int[] a, int[] b) {
        int[] out = X25519Field.create();
        X25519Field.mul(a, b, out);
        return out;
    }

    private static int[] sum(int[] a, int[] b) {
        int[] out = X25519Field.create();
        X25519Field.add(a, b, out);
        X25519Field.carry(out);
        return out;
    }

    private static int[] difference(int[] a, int[] b) {
        int[] out = X25519Field.create();
        X25519Field.sub(a, b, out);
        X25519Field.carry(out);
        return out;
    }
}
