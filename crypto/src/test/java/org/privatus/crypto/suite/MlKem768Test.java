package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.FixedRandom;
import org.privatus.testing.Vectors;

class MlKem768Test {
    private final CryptoSuite suite = new StandardSuite();

    @Test
    void both_sides_share_a_secret() throws Exception {
        KemKeyPair pair = suite.kemGenerate(new SecureRandom());
        KemCapsule capsule = suite.kemEncapsulate(pair.publicKey(), new SecureRandom());
        assertThat(capsule.ciphertext()).hasSize(1088);
        assertThat(capsule.secret()).hasSize(32);
        assertThat(suite.kemDecapsulate(pair, capsule.ciphertext())).isEqualTo(capsule.secret());
    }

    @Test
    void one_key_pair_and_one_capsule_from_wycheproof() throws Exception {
        byte[] seed =
                hex("7c9935a0b07694aa0c6d10e4db6b1add2fd81a25ccb148032dcd739936737f2d8626ed79d451140800e03b59b956f821"
                        + "0e556067407d13dc90fa9e8b872bfb8f");
        byte[] m = hex("147c03f7a5bebba406c8fae1874d7f13c80efe79a3a9a874cc09fe76f6997615");
        KemKeyPair pair = suite.kemGenerate(new FixedRandom(seed));
        KemCapsule capsule = suite.kemEncapsulate(pair.publicKey(), new FixedRandom(m));
        assertThat(suite.sha256(pair.publicKey()))
                .isEqualTo(hex("86adbca81f4fee893e2fb58fb98aa2fe188f501fed268d7f4056f8c05c4e53c4"));
        assertThat(suite.sha256(capsule.ciphertext()))
                .isEqualTo(hex("36829a2f35cbf4deb62c0a12a15c22dae9f8d2c252566fc24f88abe805cb575e"));
        assertThat(capsule.secret())
                .isEqualTo(hex("e7184a0975ee3470878d2d159ec83129c8aec253d4ee17b4810311d198cd0368"))
                .isEqualTo(suite.kemDecapsulate(pair, capsule.ciphertext()));
    }

    @Test
    void a_forged_ciphertext_yields_another_secret() throws Exception {
        KemKeyPair pair = suite.kemGenerate(new SecureRandom());
        KemCapsule capsule = suite.kemEncapsulate(pair.publicKey(), new SecureRandom());
        byte[] forged = capsule.ciphertext().clone();
        forged[500] ^= 1;
        assertThat(suite.kemDecapsulate(pair, forged)).isNotEqualTo(capsule.secret());
    }

    @Test
    void wrong_lengths_and_unreduced_keys_are_refused() {
        KemKeyPair pair = suite.kemGenerate(new SecureRandom());
        byte[] unreduced = pair.publicKey();
        Arrays.fill(unreduced, 0, 3, (byte) 0xff);
        for (byte[] key : new byte[][] {new byte[1183], new byte[1185], unreduced}) {
            assertThatThrownBy(() -> suite.kemEncapsulate(key, new SecureRandom()))
                    .isInstanceOf(MalformedPacketException.class);
        }
        for (int length : new int[] {0, 1087, 1089}) {
            assertThatThrownBy(() -> suite.kemDecapsulate(pair, new byte[length]))
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void an_erased_pair_is_useless() throws Exception {
        KemKeyPair pair = suite.kemGenerate(new SecureRandom());
        KemCapsule capsule = suite.kemEncapsulate(pair.publicKey(), new SecureRandom());
        pair.erase();
        assertThatThrownBy(() -> suite.kemDecapsulate(pair, capsule.ciphertext()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wycheproof_decapsulation_from_a_seed() throws Exception {
        int run = 0;
        for (JsonNode group : Vectors.read("wycheproof/mlkem_768_test.json").required("testGroups")) {
            for (JsonNode test : group.required("tests")) {
                run++;
                boolean valid = test.required("result").asText().equals("valid");
                byte[] seed = bytes(test, "seed");
                if (seed.length != 64) {
                    assertThat(valid).isFalse();
                    continue;
                }
                KemKeyPair pair = suite.kemGenerate(new FixedRandom(seed));
                if (valid) {
                    assertThat(pair.publicKey()).isEqualTo(bytes(test, "ek"));
                    assertThat(suite.kemDecapsulate(pair, bytes(test, "c"))).isEqualTo(bytes(test, "K"));
                } else {
                    assertThatThrownBy(() -> suite.kemDecapsulate(pair, bytes(test, "c")))
                            .isInstanceOf(MalformedPacketException.class);
                }
            }
        }
        assertThat(run).isEqualTo(97);
    }

    @Test
    void wycheproof_encapsulation() throws Exception {
        int run = 0;
        for (JsonNode group :
                Vectors.read("wycheproof/mlkem_768_encaps_test.json").required("testGroups")) {
            for (JsonNode test : group.required("tests")) {
                run++;
                FixedRandom m = new FixedRandom(bytes(test, "m"));
                if (test.required("result").asText().equals("valid")) {
                    KemCapsule capsule = suite.kemEncapsulate(bytes(test, "ek"), m);
                    assertThat(capsule.ciphertext()).isEqualTo(bytes(test, "c"));
                    assertThat(capsule.secret()).isEqualTo(bytes(test, "K"));
                } else {
                    assertThatThrownBy(() -> suite.kemEncapsulate(bytes(test, "ek"), m))
                            .as(test.required("tcId").asText())
                            .isInstanceOf(MalformedPacketException.class);
                }
            }
        }
        assertThat(run).isEqualTo(133);
    }

    @Test
    void wycheproof_key_generation_from_a_seed() throws Exception {
        int run = 0;
        for (JsonNode group :
                Vectors.read("wycheproof/mlkem_768_keygen_seed_test.json").required("testGroups")) {
            for (JsonNode test : group.required("tests")) {
                run++;
                MlKem768.JdkPair pair = (MlKem768.JdkPair) suite.kemGenerate(new FixedRandom(bytes(test, "seed")));
                assertThat(pair.publicKey()).isEqualTo(bytes(test, "ek"));
                byte[] encoded = pair.secret().getEncoded();
                assertThat(Arrays.copyOfRange(encoded, encoded.length - 2400, encoded.length))
                        .isEqualTo(bytes(test, "dk"));
            }
        }
        assertThat(run).isEqualTo(50);
    }

    @Test
    void wycheproof_decapsulation_with_an_expanded_key() throws Exception {
        int run = 0;
        for (JsonNode group : Vectors.read("wycheproof/mlkem_768_semi_expanded_decaps_test.json")
                .required("testGroups")) {
            for (JsonNode test : group.required("tests")) {
                run++;
                if (test.required("result").asText().equals("valid")) {
                    assertThat(decapsulate(test)).isEqualTo(bytes(test, "K"));
                } else {
                    assertThatThrownBy(() -> decapsulate(test))
                            .as(test.required("comment").asText())
                            .isInstanceOfAny(
                                    MalformedPacketException.class,
                                    IllegalStateException.class,
                                    GeneralSecurityException.class);
                }
            }
        }
        assertThat(run).isEqualTo(5);
    }

    /// The JDK's own form of a private key: PKCS #8 around an octet string of the expanded key.
    private byte[] decapsulate(JsonNode test) throws GeneralSecurityException, MalformedPacketException {
        byte[] expanded = bytes(test, "dk");
        byte[] inner = der(0x04, expanded);
        byte[] body = join(HexFormat.of().parseHex("020100300b0609608648016503040402"), der(0x04, inner));
        var key = KeyFactory.getInstance("ML-KEM-768").generatePrivate(new PKCS8EncodedKeySpec(der(0x30, body)));
        return suite.kemDecapsulate(new MlKem768.JdkPair(bytes(test, "ek"), key), bytes(test, "c"));
    }

    private static byte[] der(int tag, byte[] content) {
        byte[] head = {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return join(head, content);
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
