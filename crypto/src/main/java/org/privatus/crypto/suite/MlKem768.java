package org.privatus.crypto.suite;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;

/// ML-KEM-768 (FIPS 203) by the JDK. Raw public keys become the JDK's by the constant head of their X.509 form. Stateless
/// and thread-safe, as the JDK's `KEM` is.
final class MlKem768 {
    private static final String NAME = "ML-KEM-768";
    private static final int PUBLIC_KEY_LENGTH = KemKeyPair.PUBLIC_KEY_LENGTH;

    private final byte[] publicKeyHead = HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");
    private final KEM kem;

    MlKem768() {
        try {
            kem = KEM.getInstance(NAME);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    KemKeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.ML_KEM_768, random);
            return keyPair(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KemKeyPair keyPair(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return new JdkPair(
                Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_LENGTH, encoded.length), pair.getPrivate());
    }

    KemCapsule encapsulate(byte[] publicKey, SecureRandom random) throws MalformedPacketException {
        try {
            KEM.Encapsulated sent =
                    kem.newEncapsulator(parse(publicKey), random).encapsulate();
            return new KemCapsule(sent.encapsulation(), sent.key().getEncoded());
        } catch (InvalidKeyException e) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        }
    }

    private PublicKey parse(byte[] publicKey) throws MalformedPacketException {
        if (publicKey.length != PUBLIC_KEY_LENGTH) {
            throw new MalformedPacketException(
                    publicKey.length < PUBLIC_KEY_LENGTH ? Reason.TRUNCATED : Reason.TOO_LONG);
        }
        byte[] encoded = Arrays.copyOf(publicKeyHead, publicKeyHead.length + PUBLIC_KEY_LENGTH);
        System.arraycopy(publicKey, 0, encoded, publicKeyHead.length, PUBLIC_KEY_LENGTH);
        try {
            return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            throw new MalformedPacketException(Reason.WEAK_KEY);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] decapsulate(KemKeyPair pair, byte[] ciphertext) throws MalformedPacketException {
        if (!(pair instanceof JdkPair own)) {
            throw new IllegalArgumentException("a key pair of another suite");
        }
        try {
            SecretKey shared = kem.newDecapsulator(own.secret).decapsulate(ciphertext);
            return shared.getEncoded();
        } catch (DecapsulateException e) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class JdkPair implements KemKeyPair {
        private final byte[] publicKey;
        private final PrivateKey secret;

        JdkPair(byte[] publicKey, PrivateKey secret) {
            this.publicKey = publicKey;
            this.secret = secret;
        }

        PrivateKey secret() {
            return secret;
        }

        @Override
        public byte[] publicKey() {
            return publicKey.clone();
        }

        @Override
        public void erase() {
            try {
                secret.destroy();
            } catch (DestroyFailedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
