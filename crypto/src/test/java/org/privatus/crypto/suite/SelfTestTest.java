package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfTestTest {
    @ParameterizedTest
    @EnumSource
    void a_sound_suite_passes(BlockCiphers ciphers) {
        assertThat(SelfTest.failure(new StandardSuite(ciphers))).isEmpty();
    }
}
