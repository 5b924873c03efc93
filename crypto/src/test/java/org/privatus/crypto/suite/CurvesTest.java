package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.testing.Vectors;

class CurvesTest {
    private final CryptoSuite suite = new StandardSuite();

    @Test
    void rfc7748_section_6_1_diffie_hellman() throws Exception {
        byte[] alice = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] bob = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        byte[] shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assertThat(suite.x25519Public(alice))
                .isEqualTo(hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
        assertThat(suite.x25519Agree(alice, suite.x25519Public(bob))).isEqualTo(shared);
        assertThat(suite.x25519Agree(bob, suite.x25519Public(alice))).isEqualTo(shared);
    }

    @Test
    void rfc7748_section_5_2_scalar_multiplications() throws Exception {
        for (JsonNode vector : Vectors.read("rfc/rfc7748_x25519.json").required("scalar_mult")) {
            assertThat(suite.x25519Agree(bytes(vector, "scalar"), bytes(vector, "u")))
                    .isEqualTo(bytes(vector, "output"));
        }
    }

    @Test
    void rfc7748_section_5_2_iterated() throws Exception {
        JsonNode vector = Vectors.read("rfc/rfc7748_x25519.json").required("iterated");
        byte[] k = bytes(vector, "start");
        byte[] u = k;
        for (int round = 1; round <= 1000; round++) {
            byte[] next = suite.x25519Agree(k, u);
            u = k;
            k = next;
            if (round == 1 || round == 1000) {
                assertThat(k).isEqualTo(bytes(vector.required("after"), Integer.toString(round)));
            }
        }
    }

    @Test
    void wycheproof_x25519_with_zero_secrets_refused() throws Exception {
        int refused = 0;
        for (JsonNode group : Vectors.read("wycheproof/x25519_test.json").required("testGroups")) {
            for (JsonNode test : group.required("tests")) {
                if (test.required("flags").toString().contains("ZeroSharedSecret")) {
                    refused++;
                    assertThatThrownBy(() -> suite.x25519Agree(bytes(test, "private"), bytes(test, "public")))
                            .isInstanceOfSatisfying(
                                    MalformedPacketException.class,
                                    e -> assertThat(e.reason()).isEqualTo(Reason.WEAK_KEY));
                } else {
                    assertThat(suite.x25519Agree(bytes(test, "private"), bytes(test, "public")))
                            .as(test.required("tcId").asText())
                            .isEqualTo(bytes(test, "shared"));
                }
            }
        }
        assertThat(refused).isEqualTo(17);
    }

    @Test
    void rfc8032_section_7_1_test_2() {
        byte[] seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] message = hex("72");
        byte[] signature = hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(suite.ed25519Public(seed))
                .isEqualTo(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        assertThat(suite.ed25519Sign(seed, message)).isEqualTo(signature);
    }

    @Test
    void rfc8032_section_7_1() {
        for (JsonNode vector : Vectors.read("rfc/rfc8032_ed25519.json").required("vectors")) {
            byte[] seed = bytes(vector, "secret");
            byte[] message = bytes(vector, "message");
            byte[] signature = bytes(vector, "signature");
            assertThat(suite.ed25519Public(seed)).isEqualTo(bytes(vector, "public"));
            assertThat(suite.ed25519Sign(seed, message)).isEqualTo(signature);
            assertThat(suite.ed25519Verify(bytes(vector, "public"), message, signature))
                    .isTrue();
        }
    }

    @Test
    void wycheproof_ed25519() {
        for (JsonNode group : Vectors.read("wycheproof/ed25519_test.json").required("testGroups")) {
            byte[] key = bytes(group.required("publicKey"), "pk");
            for (JsonNode test : group.required("tests")) {
                assertThat(suite.ed25519Verify(key, bytes(test, "msg"), bytes(test, "sig")))
                        .as(test.required("tcId") + " " + test.required("comment"))
                        .isEqualTo(test.required("result").asText().equals("valid"));
            }
        }
    }

    @Test
    void under_a_key_of_small_order_nothing_verifies() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] signature = Arrays.copyOf(neutral, 64);
        assertThat(suite.ed25519Verify(neutral, new byte[5], signature)).isFalse();
    }

    @Test
    void ed25519_keys_become_x25519_keys() throws Exception {
        byte[] seed = hex("26c76712d89d906e6672dafa614c42e5cb1caac8c6568e4d2493087db51f0d36");
        byte[] edwards = hex("c2247870536a192d142d056abefca68d6193158e7c1a59c1654c954eccaff894");
        byte[] montgomery = hex("17ba77846e04c7ee5ca17cade774ac1884408f9701f439d4df32cbd8736c6a1f");
        assertThat(suite.x25519OfEd25519Public(edwards)).isEqualTo(montgomery);
        assertThat(suite.x25519Public(suite.x25519OfEd25519Seed(seed))).isEqualTo(montgomery);
    }

    @Test
    void ed25519_to_x25519_vectors_of_tor() throws Exception {
        JsonNode cases = Vectors.read("ed25519_blinding.json").required("cases");
        assertThat(cases).hasSize(8);
        for (JsonNode vector : cases) {
            byte[] secret = suite.x25519OfEd25519Seed(bytes(vector, "seed"));
            assertThat(secret).isEqualTo(Arrays.copyOf(bytes(vector, "expanded_secret"), 32));
            assertThat(suite.x25519Public(secret)).isEqualTo(bytes(vector, "x25519_public"));
            assertThat(suite.x25519OfEd25519Public(bytes(vector, "public"))).isEqualTo(bytes(vector, "x25519_public"));
        }
    }

    @Test
    void what_is_no_usable_edwards_point_has_no_image() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] orderFour = new byte[32];
        byte[] unreduced = hex("ff".repeat(31) + "7f");
        byte[] offCurve = new byte[32];
        offCurve[0] = 2;
        for (byte[] key : new byte[][] {neutral, orderFour, unreduced, offCurve}) {
            assertThatThrownBy(() -> suite.x25519OfEd25519Public(key))
                    .isInstanceOfSatisfying(
                            MalformedPacketException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.WEAK_KEY));
        }
        assertThatThrownBy(() -> suite.x25519OfEd25519Public(new byte[31]))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void generated_keys_agree_and_sign() throws Exception {
        SecureRandom random = new SecureRandom();
        X25519KeyPair one = X25519KeyPair.generate(suite, random);
        X25519KeyPair other = X25519KeyPair.generate(suite, random);
        assertThat(suite.x25519Agree(one.secret(), other.publicKey()))
                .isEqualTo(suite.x25519Agree(other.secret(), one.publicKey()));
        byte[] seed = suite.ed25519Generate(random);
        byte[] signature = suite.ed25519Sign(seed, new byte[10]);
        assertThat(suite.ed25519Verify(suite.ed25519Public(seed), new byte[10], signature))
                .isTrue();
        assertThat(suite.ed25519Verify(suite.ed25519Public(seed), new byte[11], signature))
                .isFalse();
        assertThat(suite.ed25519Verify(suite.ed25519Public(seed), new byte[10], new byte[63]))
                .isFalse();
    }
}
