package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.testing.Seeded;
import org.privatus.testing.Vectors;

@ParameterizedClass
@EnumSource(BlockCiphers.class)
class AeadTest {
    private final BlockCiphers ciphers;
    private final CryptoSuite suite;

    AeadTest(BlockCiphers ciphers) {
        this.ciphers = ciphers;
        this.suite = new StandardSuite(ciphers);
    }

    @Test
    void rfc8439_section_2_8_2() {
        byte[] key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        byte[] ad = hex("50515253c0c1c2c3c4c5c6c7");
        byte[] message = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                        + "sunscreen would be it.")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = new byte[message.length + Aead.TAG_LENGTH];
        new JcaAead(AeadKind.CHACHA20_POLY1305, key, 0x07000000)
                .seal(0x4746454443424140L, ad, 0, ad.length, message, 0, message.length, sealed, 0);
        assertThat(sealed)
                .startsWith(hex("d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"))
                .endsWith(hex("1ae10b594f09e26a7e902ecbd0600691"));
    }

    @Test
    void rfc8439_all_aead_vectors() {
        for (JsonNode vector :
                Vectors.read("rfc/rfc8439_chacha20_poly1305.json").required("aead")) {
            byte[] sealed = join(bytes(vector, "ciphertext"), bytes(vector, "tag"));
            assertThat(seal(AeadKind.CHACHA20_POLY1305, vector, "nonce", "plaintext"))
                    .isEqualTo(sealed);
            assertThat(open(AeadKind.CHACHA20_POLY1305, vector, "nonce", sealed))
                    .isEqualTo(bytes(vector, "plaintext"));
        }
    }

    @Test
    void wycheproof_chacha20_poly1305() {
        assertThat(wycheproof(AeadKind.CHACHA20_POLY1305, "wycheproof/chacha20_poly1305_test.json"))
                .isEqualTo(159);
    }

    @Test
    void wycheproof_aes_gcm_with_256_bit_keys_and_96_bit_nonces() {
        assertThat(wycheproof(AeadKind.AES_256_GCM, "wycheproof/aes_gcm_test.json"))
                .isEqualTo(36);
    }

    private int wycheproof(AeadKind kind, String file) {
        int run = 0;
        for (JsonNode group : Vectors.read(file).required("testGroups")) {
            if (group.required("ivSize").asInt() != 96
                    || group.required("keySize").asInt() != 256) {
                continue;
            }
            for (JsonNode test : group.required("tests")) {
                byte[] sealed = join(bytes(test, "ct"), bytes(test, "tag"));
                boolean valid = test.required("result").asText().equals("valid");
                String id = test.required("tcId") + " " + test.required("comment");
                assertThat(open(kind, test, "iv", sealed)).as(id).isEqualTo(valid ? bytes(test, "msg") : null);
                if (valid) {
                    assertThat(seal(kind, test, "iv", "msg")).as(id).isEqualTo(sealed);
                }
                run++;
            }
        }
        return run;
    }

    @Test
    void gcm_test_case_14_of_its_specification() {
        byte[] sealed = new byte[32];
        suite.aead(new byte[32]).seal(0, new byte[0], 0, 0, new byte[16], 0, 16, sealed, 0);
        assertThat(sealed).isEqualTo(hex("cea7403d4d606b6e074ec5d3baf39d18 d0d1c8a799996bf0265b98b5d48ab919"));
    }

    @Test
    void the_counter_becomes_the_nonce_as_in_noise() throws Exception {
        long counter = 0x0102030405060708L;
        byte[] gcmNonce = hex("00000000 0102030405060708");
        byte[] chachaNonce = hex("00000000 0807060504030201");
        assertThat(seal(suite.aead(AeadKind.AES_256_GCM, new byte[32]), counter))
                .isEqualTo(byJdk("AES/GCM/NoPadding", "AES", new GCMParameterSpec(128, gcmNonce)));
        assertThat(seal(suite.aead(AeadKind.CHACHA20_POLY1305, new byte[32]), counter))
                .isEqualTo(byJdk("ChaCha20-Poly1305", "ChaCha20", new IvParameterSpec(chachaNonce)));
    }

    private static byte[] byJdk(String transformation, String algorithm, AlgorithmParameterSpec nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], algorithm), nonce);
        return cipher.doFinal(new byte[10]);
    }

    @ParameterizedTest
    @EnumSource
    void every_flipped_bit_is_noticed_and_the_true_packet_opens_afterwards(AeadKind kind) {
        Aead aead = suite.aead(kind, new byte[32]);
        byte[] ad = {1, 2, 3};
        byte[] message = "forty-two bytes of a message to be sealed.".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = new byte[message.length + Aead.TAG_LENGTH];
        assertThat(aead.seal(7, ad, 0, 3, message, 0, message.length, sealed, 0))
                .isEqualTo(sealed.length);
        byte[] out = new byte[message.length];
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(aead.open(7, ad, 0, 3, forged, 0, forged.length, out, 0)).isEqualTo(-1);
        }
        assertThat(aead.open(7, new byte[] {1, 2, 4}, 0, 3, sealed, 0, sealed.length, out, 0))
                .isEqualTo(-1);
        assertThat(aead.open(8, ad, 0, 3, sealed, 0, sealed.length, out, 0)).isEqualTo(-1);
        assertThat(aead.open(7, ad, 0, 3, sealed, 0, sealed.length, out, 0)).isEqualTo(message.length);
        assertThat(out).isEqualTo(message);
    }

    @Seeded
    void both_ways_give_the_same_bytes(long seed) {
        Random random = new Random(seed);
        byte[] key = random(random, 32);
        byte[] packet = random(random, 20 + random.nextInt(2_000));
        int ad = random.nextInt(20);
        int length = random.nextInt(packet.length - ad - 15);
        byte[] sealed = packet.clone();
        byte[] expected = packet.clone();
        long nonce = random.nextLong();
        suite.aead(key).seal(nonce, sealed, 0, ad, packet, ad, length, sealed, ad);
        BlockCiphers.PORTABLE.gcm(key).seal(nonce, expected, 0, ad, packet, ad, length, expected, ad);
        assertThat(sealed).isEqualTo(expected);
        byte[] opened = packet.clone();
        assertThat(suite.aead(key).open(nonce, sealed, 0, ad, sealed, ad, length + 16, opened, 0))
                .isEqualTo(length);
        assertThat(Arrays.copyOf(opened, length)).isEqualTo(Arrays.copyOfRange(packet, ad, ad + length));
    }

    @ParameterizedTest
    @EnumSource
    void refuses_to_seal_twice_in_a_row_under_one_nonce(AeadKind kind) {
        Aead aead = suite.aead(kind, new byte[32]);
        byte[] out = new byte[17];
        aead.seal(5, new byte[0], 0, 0, new byte[1], 0, 1, out, 0);
        assertThatThrownBy(() -> aead.seal(5, new byte[0], 0, 0, new byte[1], 0, 1, out, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThat(aead.seal(6, new byte[0], 0, 0, new byte[1], 0, 1, out, 0)).isEqualTo(17);
    }

    @ParameterizedTest
    @EnumSource
    void works_in_place_and_at_offsets(AeadKind kind) {
        Aead aead = suite.aead(kind, new byte[32]);
        byte[] buffer = new byte[100];
        Arrays.fill(buffer, 20, 70, (byte) 9);
        byte[] before = buffer.clone();
        assertThat(aead.seal(1, buffer, 0, 20, buffer, 20, 50, buffer, 20)).isEqualTo(66);
        assertThat(aead.open(1, buffer, 0, 20, buffer, 20, 66, buffer, 20)).isEqualTo(50);
        assertThat(Arrays.copyOf(buffer, 70)).isEqualTo(Arrays.copyOf(before, 70));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_too_short_for_a_tag_does_not_open(AeadKind kind) {
        Aead aead = suite.aead(kind, new byte[32]);
        for (int length = 0; length < Aead.TAG_LENGTH; length++) {
            assertThat(aead.open(1, new byte[0], 0, 0, new byte[16], 0, length, new byte[16], 0))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_erased_cipher_is_useless(AeadKind kind) {
        Aead aead = suite.aead(kind, new byte[32]);
        aead.erase();
        assertThatThrownBy(() -> aead.seal(1, new byte[0], 0, 0, new byte[1], 0, 1, new byte[17], 0))
                .isInstanceOf(IllegalStateException.class);
    }

    private byte[] seal(AeadKind kind, JsonNode vector, String nonceField, String messageField) {
        byte[] nonce = bytes(vector, nonceField);
        byte[] ad = bytes(vector, "aad");
        byte[] message = bytes(vector, messageField);
        byte[] out = new byte[message.length + Aead.TAG_LENGTH];
        aead(kind, vector, nonce).seal(counter(kind, nonce), ad, 0, ad.length, message, 0, message.length, out, 0);
        return out;
    }

    private byte[] open(AeadKind kind, JsonNode vector, String nonceField, byte[] sealed) {
        byte[] nonce = bytes(vector, nonceField);
        byte[] ad = bytes(vector, "aad");
        byte[] out = new byte[sealed.length - Aead.TAG_LENGTH];
        int length = aead(kind, vector, nonce)
                .open(counter(kind, nonce), ad, 0, ad.length, sealed, 0, sealed.length, out, 0);
        return length < 0 ? null : out;
    }

    private Aead aead(AeadKind kind, JsonNode vector, byte[] nonce) {
        byte[] key = bytes(vector, "key");
        int head = ByteBuffer.wrap(nonce).getInt();
        boolean direct = kind == AeadKind.AES_256_GCM && ciphers == BlockCiphers.DIRECT;
        return direct ? new JdkGcm(key, head) : new JcaAead(kind, key, head);
    }

    private static long counter(AeadKind kind, byte[] nonce) {
        return nonceTail(kind, Arrays.copyOfRange(nonce, 4, 12));
    }

    private static long nonceTail(AeadKind kind, byte[] tail) {
        ByteOrder order = kind == AeadKind.AES_256_GCM ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return ByteBuffer.wrap(tail).order(order).getLong();
    }

    private static byte[] seal(Aead aead, long counter) {
        byte[] out = new byte[26];
        aead.seal(counter, new byte[0], 0, 0, new byte[10], 0, 10, out, 0);
        return out;
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
