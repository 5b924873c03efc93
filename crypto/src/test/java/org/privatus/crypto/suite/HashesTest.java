package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Vectors;

class HashesTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    private final CryptoSuite suite = new StandardSuite();

    @Test
    void fips180_sha256_of_abc() {
        byte[] expected = hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(suite.sha256(ABC)).isEqualTo(expected);
        assertThat(suite.sha256(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}))
                .isEqualTo(expected);
    }

    @Test
    void fips202_sha3_and_shake_of_abc() {
        assertThat(suite.sha3(ABC)).isEqualTo(hex("3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"));
        assertThat(suite.shake256(32, ABC))
                .isEqualTo(hex("483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739"));
        assertThat(Arrays.copyOf(suite.shake256(500, ABC), 32)).isEqualTo(suite.shake256(32, ABC));
    }

    @Test
    void rfc4231_hmac_sha256_case_2() {
        byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
        byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        assertThat(suite.hmacSha256(key, message))
                .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    @Test
    void an_empty_hmac_key_is_one_of_zeros() {
        assertThat(suite.hmacSha256(new byte[0], ABC)).isEqualTo(suite.hmacSha256(new byte[64], ABC));
    }

    @Test
    void wycheproof_hmac_sha256() {
        int run = 0;
        for (JsonNode group : Vectors.read("wycheproof/hmac_sha256_test.json").required("testGroups")) {
            int tagLength = group.required("tagSize").asInt() / 8;
            for (JsonNode test : group.required("tests")) {
                byte[] mac = Arrays.copyOf(suite.hmacSha256(bytes(test, "key"), bytes(test, "msg")), tagLength);
                assertThat(Arrays.equals(mac, bytes(test, "tag")))
                        .as(test.required("tcId") + " " + test.required("comment"))
                        .isEqualTo(test.required("result").asText().equals("valid"));
                run++;
            }
        }
        assertThat(run).isEqualTo(87);
    }

    @Test
    void aes_256_counter_mode_starts_from_zero() {
        // FIPS 197 C.3 has a plaintext block; encrypting counter block 0 under the zero key is a known AESVS answer.
        byte[] stream = suite.aes256Ctr(new byte[32], new byte[40]);
        assertThat(Arrays.copyOf(stream, 16)).isEqualTo(hex("dc95c078a2408989ad48a21492842087"));
        assertThat(suite.aes256Ctr(new byte[32], stream)).isEqualTo(new byte[40]);
    }

    @Test
    void argon2id_vectors_of_rfc9106_and_the_reference_implementation() {
        JsonNode vectors = Vectors.read("rfc/argon2id.json").required("vectors");
        assertThat(vectors).hasSize(9);
        for (JsonNode vector : vectors) {
            byte[] tag = Argon2id.hash(
                    bytes(vector, "password"),
                    bytes(vector, "salt"),
                    bytes(vector, "secret"),
                    bytes(vector, "associated_data"),
                    vector.required("memory_kib").asInt(),
                    vector.required("passes").asInt(),
                    vector.required("lanes").asInt(),
                    32);
            assertThat(tag).as(vector.toString()).isEqualTo(bytes(vector, "tag"));
        }
    }

    @Test
    void argon2id_of_the_reference_implementation_with_256_kib() {
        byte[] password = "password".getBytes(StandardCharsets.US_ASCII);
        byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);
        assertThat(suite.argon2id(password, salt, 256, 2, 1, 32))
                .isEqualTo(hex("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"));
        assertThat(suite.argon2id(password, salt, 256, 2, 2, 32))
                .isEqualTo(hex("6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"));
    }
}
