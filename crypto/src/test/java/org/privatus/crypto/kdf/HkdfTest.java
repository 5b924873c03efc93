package org.privatus.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.testing.Vectors;

class HkdfTest {
    private final CryptoSuite suite = new StandardSuite();

    @Test
    void rfc5869_appendix_a_1() {
        byte[] key = hex("0b".repeat(22));
        byte[] salt = hex("000102030405060708090a0b0c");
        byte[] prk = Hkdf.extract(suite, salt, key);
        assertThat(prk).isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertThat(Hkdf.expand(suite, prk, hex("f0f1f2f3f4f5f6f7f8f9"), 42))
                .isEqualTo(hex(
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf" + "34007208d5b887185865"));
    }

    @Test
    void rfc5869_appendix_a() {
        for (JsonNode vector : Vectors.read("rfc/rfc5869_hkdf.json").required("vectors")) {
            byte[] prk = Hkdf.extract(suite, bytes(vector, "salt"), bytes(vector, "ikm"));
            int length = vector.required("length").asInt();
            assertThat(prk).isEqualTo(bytes(vector, "prk"));
            assertThat(Hkdf.expand(suite, prk, bytes(vector, "info"), length)).isEqualTo(bytes(vector, "okm"));
        }
    }

    @Test
    void wycheproof_hkdf_sha256() {
        int run = 0;
        for (JsonNode group : Vectors.read("wycheproof/hkdf_sha256_test.json").required("testGroups")) {
            for (JsonNode test : group.required("tests")) {
                run++;
                if (test.required("result").asText().equals("valid")) {
                    assertThat(derive(test)).isEqualTo(bytes(test, "okm"));
                } else {
                    assertThatThrownBy(() -> derive(test)).isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
        assertThat(run).isEqualTo(45);
    }

    @Test
    void a_pair_is_64_bytes_in_two_halves() {
        byte[] salt = hex("a1".repeat(32));
        byte[] input = hex("b2".repeat(32));
        byte[] whole = Hkdf.derive(suite, salt, input, new byte[0], 64);
        byte[] second = new byte[32];
        Hkdf.derivePair(suite, salt, input, salt, second);
        assertThat(salt).isEqualTo(Arrays.copyOf(whole, 32));
        assertThat(second).isEqualTo(Arrays.copyOfRange(whole, 32, 64));
    }

    private byte[] derive(JsonNode test) {
        return Hkdf.derive(
                suite,
                bytes(test, "salt"),
                bytes(test, "ikm"),
                bytes(test, "info"),
                test.required("size").asInt());
    }
}
