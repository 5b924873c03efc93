package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(BlockCiphers.class)
class HeaderMaskTest {
    private final CryptoSuite suite;

    HeaderMaskTest(BlockCiphers ciphers) {
        suite = new StandardSuite(ciphers);
    }

    @Test
    void fips_197_appendix_c_3() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] sample = hex("ff00112233445566778899aabbccddeeff");
        assertThat(suite.headerMask(AeadKind.AES_256_GCM, key).of(sample, 1)).isEqualTo(0x8ea2b7ca516745bfL);
    }

    @Test
    void rfc_9001_appendix_a_5() {
        byte[] key = hex("25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4");
        byte[] sample = hex("5e5cd55c41f69080575d7999c25a5bfb");
        long mask = suite.headerMask(AeadKind.CHACHA20_POLY1305, key).of(sample, 0);
        assertThat(mask >>> 24).isEqualTo(0xaefefe7d03L);
    }

    @Test
    void a_mask_without_its_key_is_useless() {
        for (AeadKind kind : AeadKind.values()) {
            HeaderMask mask = suite.headerMask(kind, new byte[32]);
            mask.erase();
            assertThatThrownBy(() -> mask.of(new byte[16], 0)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
