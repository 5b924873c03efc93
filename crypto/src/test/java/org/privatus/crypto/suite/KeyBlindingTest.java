package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.Seeded;
import org.privatus.testing.Vectors;

class KeyBlindingTest {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final CryptoSuite suite = new StandardSuite();

    @Test
    void the_first_of_the_published_cases() throws Exception {
        byte[] seed = hex("26c76712d89d906e6672dafa614c42e5cb1caac8c6568e4d2493087db51f0d36");
        byte[] key = hex("c2247870536a192d142d056abefca68d6193158e7c1a59c1654c954eccaff894");
        byte[] parameter = hex("54a513898b471d1d448a2f3c55c1de2c0ef718c447b04497eeb999ed32027823");
        assertThat(suite.ed25519Public(seed)).isEqualTo(key);
        assertThat(suite.ed25519BlindedPublic(key, parameter))
                .isEqualTo(hex("722d6da6348e618967ef782e71061e27163a8b35f21856475d9d2023f65b6495"));
        assertThat(KeyBlinding.secret(seed, parameter))
                .isEqualTo(hex("014e83abadb2ca9a27e0ffe23920333d817729f48700e97656ec2823d694050e"
                        + "171d43f24e3f53e70ec7ac280044ac77d4942dee5d6807118a59bdf3ee647e89"));
    }

    @Test
    void rend_spec_v3_appendix_a_2_all_published_cases() throws Exception {
        JsonNode cases = Vectors.read("ed25519_blinding.json").required("cases");
        assertThat(cases).hasSize(8);
        for (JsonNode vector : cases) {
            byte[] seed = bytes(vector, "seed");
            byte[] parameter = bytes(vector, "blinding_param");
            byte[] blinded = suite.ed25519BlindedPublic(bytes(vector, "public"), parameter);
            assertThat(blinded).isEqualTo(bytes(vector, "blinded_public"));
            assertThat(KeyBlinding.secret(seed, parameter)).isEqualTo(bytes(vector, "blinded_expanded_secret"));
            byte[] message = bytes(vector, "public");
            assertThat(suite.ed25519Verify(blinded, message, suite.ed25519BlindedSign(seed, parameter, message)))
                    .isTrue();
        }
    }

    @Test
    void keys_of_small_order_are_refused() {
        refuses("0100000000000000000000000000000000000000000000000000000000000000");
        refuses("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        refuses("0000000000000000000000000000000000000000000000000000000000000000");
        refuses("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
    }

    @Test
    void encodings_that_are_not_the_shortest_are_refused() {
        refuses("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        refuses("0100000000000000000000000000000000000000000000000000000000000080");
        assertThat(Edwards25519.decode(hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")))
                .isEmpty();
        assertThat(Edwards25519.decode(hex("0100000000000000000000000000000000000000000000000000000000000080")))
                .isEmpty();
    }

    @Seeded
    void a_key_with_a_part_of_small_order_is_refused(long seed) throws Exception {
        byte[] key = suite.ed25519Public(random(new Random(seed), 32));
        byte[] ofOrderEight = hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
        Edwards25519 mixed = Edwards25519.decode(key)
                .orElseThrow()
                .plus(Edwards25519.decode(ofOrderEight).orElseThrow());
        refuses(HexFormat.of().formatHex(mixed.encode()));
    }

    @Seeded
    void multiples_agree_with_ed25519s_own_and_with_each_other(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] secret = random(random, 32);
        byte[] scalar = suite.x25519OfEd25519Seed(secret);
        assertThat(Edwards25519.BASE.times(scalar).encode()).isEqualTo(suite.ed25519Public(secret));
        byte[] other = random(random, 32);
        Edwards25519 there = Edwards25519.BASE.times(scalar).times(other);
        assertThat(there.encode())
                .isEqualTo(Edwards25519.BASE.times(other).times(scalar).encode());
        byte[] product = Scalar25519.multiplyAdd(scalar, other, new byte[32]);
        assertThat(there.encode()).isEqualTo(Edwards25519.BASE.times(product).encode());
    }

    @Seeded
    void scalars_agree_with_big_integers(long seed) {
        Random random = new Random(seed);
        byte[] a = seed == 0 ? filled(32) : random(random, 32);
        byte[] b = seed == 0 ? filled(32) : random(random, 32);
        byte[] c = seed == 0 ? filled(32) : random(random, 32);
        assertThat(number(Scalar25519.multiplyAdd(a, b, c)))
                .isEqualTo(number(a).multiply(number(b)).add(number(c)).mod(ORDER));
        byte[] wide = seed == 0 ? filled(64) : random(random, 64);
        assertThat(number(Scalar25519.reduce(wide))).isEqualTo(number(wide).mod(ORDER));
    }

    private void refuses(String key) {
        assertThatThrownBy(() -> suite.ed25519BlindedPublic(hex(key), new byte[32]))
                .isInstanceOf(MalformedPacketException.class);
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] bytes = new byte[littleEndian.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = littleEndian[bytes.length - 1 - i];
        }
        return new BigInteger(1, bytes);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
