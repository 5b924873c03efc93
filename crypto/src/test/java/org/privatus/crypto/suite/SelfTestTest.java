package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SelfTestTest {
    private static final CryptoSuite SOUND = new StandardSuite();

    /// What a call gives in a suite that is not sound.
    @FunctionalInterface
    private interface Fault {
        Object result(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static CryptoSuite broken(Fault fault) {
        return (CryptoSuite) Proxy.newProxyInstance(
                CryptoSuite.class.getClassLoader(),
                new Class<?>[] {CryptoSuite.class},
                (proxy, method, arguments) -> fault.result(method, arguments));
    }

    @ParameterizedTest
    @EnumSource
    void a_sound_suite_passes(BlockCiphers ciphers) {
        assertThat(SelfTest.failure(new StandardSuite(ciphers), new Sevens())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kemDecapsulate, ML-KEM-768",
        "x25519Agree, X25519",
        "ed25519Sign, Ed25519",
        "sha3, SHA3-256",
    })
    void a_wrong_bit_is_named(String wrongMethod, String name) {
        CryptoSuite suite = broken((method, arguments) -> {
            Object result = method.invoke(SOUND, arguments);
            if (method.getName().equals(wrongMethod)) {
                ((byte[]) result)[0] ^= 1;
            }
            return result;
        });
        assertThat(SelfTest.failure(suite, new Sevens())).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"AES_256_GCM, AES-256-GCM", "CHACHA20_POLY1305, ChaCha20-Poly1305"})
    void a_cipher_under_another_key_is_named(AeadKind wrong, String name) {
        CryptoSuite suite = broken((method, arguments) -> {
            if (method.getName().equals("aead")) {
                AeadKind kind = arguments.length == 2 ? (AeadKind) arguments[0] : AeadKind.AES_256_GCM;
                byte[] key = ((byte[]) arguments[arguments.length - 1]).clone();
                key[0] ^= (byte) (kind == wrong ? 1 : 0);
                return SOUND.aead(kind, key);
            }
            return method.invoke(SOUND, arguments);
        });
        assertThat(SelfTest.failure(suite, new Sevens())).contains(name);
    }

    @Test
    void a_key_pair_that_is_not_the_expected_one_is_named() {
        CryptoSuite suite = broken((method, arguments) -> {
            Object[] others = arguments;
            if (method.getName().equals("kemGenerate")) {
                others = Arrays.copyOf(arguments, 1);
                others[0] = new SecureRandom();
            }
            return method.invoke(SOUND, others);
        });
        assertThat(SelfTest.failure(suite, new Sevens())).contains("ML-KEM-768");
    }
}
