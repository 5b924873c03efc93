package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;
import org.privatus.testing.Vectors;

class PolyvalTest {
    private static final BigInteger FIELD = BigInteger.ONE
            .shiftLeft(128)
            .or(BigInteger.ONE.shiftLeft(127))
            .or(BigInteger.ONE.shiftLeft(126))
            .or(BigInteger.ONE.shiftLeft(121))
            .or(BigInteger.ONE);

    @Test
    void rfc8452_appendix_a_worked_example() {
        byte[] key = hex("25629347589242761d31f826ba4b757b");
        byte[] input = hex("4f4f95668c83dfb6401762bb2d01a262 d1a24ddd2721d006bbe45f20d3c9f362");
        assertThat(hash(key, input)).isEqualTo(hex("f7a3b47b846119fae5b7866cf5e5b77e"));
    }

    @Test
    void rfc8452_all_polyval_vectors() {
        JsonNode vectors = Vectors.read("rfc/rfc8452_polyval.json").required("polyval");
        assertThat(vectors).hasSize(51);
        for (JsonNode vector : vectors) {
            assertThat(hash(bytes(vector, "key"), bytes(vector, "input")))
                    .as(vector.required("ref").asText())
                    .isEqualTo(bytes(vector, "output"));
        }
    }

    @Seeded(50)
    void agrees_with_the_definition(long seed) {
        Random random = new Random(seed);
        byte[] key = new byte[16];
        byte[] input = new byte[16 * (1 + random.nextInt(40))];
        random.nextBytes(key);
        random.nextBytes(input);
        assertThat(hash(key, input)).isEqualTo(byDefinition(key, input));
    }

    @Test
    void extremes_agree_with_the_definition() {
        for (int keyByte : new int[] {0x00, 0x01, 0x80, 0xff}) {
            for (int inputByte : new int[] {0x00, 0x01, 0x80, 0xff}) {
                byte[] key = filled(16, keyByte);
                byte[] input = filled(48, inputByte);
                assertThat(hash(key, input)).isEqualTo(byDefinition(key, input));
            }
        }
    }

    @Test
    void blocks_may_come_in_any_portions_and_a_digest_starts_anew() {
        byte[] key = filled(16, 0x5a);
        byte[] input = filled(96, 0x33);
        Polyval polyval = new PortablePolyval();
        polyval.init(key, 0);
        for (int round = 0; round < 2; round++) {
            polyval.update(input, 0, 1);
            polyval.update(input, 16, 0);
            polyval.update(input, 16, 5);
            byte[] sum = new byte[20];
            polyval.digest(sum, 3);
            assertThat(Arrays.copyOfRange(sum, 3, 19)).isEqualTo(hash(key, input));
        }
    }

    private static byte[] hash(byte[] key, byte[] input) {
        Polyval polyval = new PortablePolyval();
        polyval.init(key, 0);
        polyval.update(input, 0, input.length / 16);
        byte[] sum = new byte[16];
        polyval.digest(sum, 0);
        return sum;
    }

    private static byte[] byDefinition(byte[] key, byte[] input) {
        BigInteger h = littleEndian(key, 0);
        BigInteger sum = BigInteger.ZERO;
        for (int at = 0; at < input.length; at += 16) {
            sum = dot(sum.xor(littleEndian(input, at)), h);
        }
        byte[] out = new byte[16];
        for (int i = 0; i < 16; i++) {
            out[i] = sum.shiftRight(8 * i).byteValue();
        }
        return out;
    }

    private static BigInteger dot(BigInteger a, BigInteger b) {
        BigInteger product = BigInteger.ZERO;
        for (int i = 0; i < 128; i++) {
            if (b.testBit(i)) {
                product = product.xor(a.shiftLeft(i));
            }
        }
        for (int i = 0; i < 128; i++) {
            product = (product.testBit(0) ? product.xor(FIELD) : product).shiftRight(1);
        }
        return product;
    }

    private static BigInteger littleEndian(byte[] bytes, int offset) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 15; i >= 0; i--) {
            value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[offset + i] & 0xff));
        }
        return value;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
