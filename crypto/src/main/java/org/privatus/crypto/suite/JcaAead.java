package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// An [Aead] of the JDK's own provider: one `Cipher`, initialised for each message with a new nonce, which is its fastest
/// way. The cipher is made when first used, since most links of a node are idle.
///
/// The JDK refuses to seal twice in a row under one nonce; that is a bug of ours and throws unchecked.
final class JcaAead implements Aead {
    private static final int NONCE_LENGTH = 12;
    private static final int COUNTER_OFFSET = 4;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final AeadKind kind;
    private final byte[] nonceBytes = new byte[NONCE_LENGTH];
    private @Nullable SecretKeySpec key;
    private @Nullable Cipher cipher;

    JcaAead(AeadKind kind, byte[] key) {
        this(kind, key, 0);
    }

    /// With a first part of the nonce that is not zero, for published test vectors alone.
    JcaAead(AeadKind kind, byte[] key, int nonceHead) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        this.kind = kind;
        this.key = new SecretKeySpec(key, algorithm(kind));
        INT.set(nonceBytes, 0, nonceHead);
    }

    @Override
    public int seal(
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset) {
        try {
            Cipher keyed = init(Cipher.ENCRYPT_MODE, nonce);
            keyed.updateAAD(ad, adOffset, adLength);
            return keyed.doFinal(in, inOffset, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int open(
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset) {
        if (length < TAG_LENGTH) {
            return -1;
        }
        try {
            Cipher keyed = init(Cipher.DECRYPT_MODE, nonce);
            keyed.updateAAD(ad, adOffset, adLength);
            return keyed.doFinal(in, inOffset, length, out, outOffset);
        } catch (AEADBadTagException forged) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher init(int mode, long nonce) throws GeneralSecurityException {
        SecretKeySpec current = key;
        if (current == null) {
            throw new IllegalStateException("erased");
        }
        Cipher existing = cipher;
        if (existing == null) {
            existing = Cipher.getInstance(transformation(kind));
            cipher = existing;
        }
        existing.init(mode, current, parameters(nonce));
        return existing;
    }

    private AlgorithmParameterSpec parameters(long nonce) {
        return switch (kind) {
            case AES_256_GCM -> {
                BIG_ENDIAN.set(nonceBytes, COUNTER_OFFSET, nonce);
                yield new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonceBytes);
            }
            case CHACHA20_POLY1305 -> {
                LITTLE_ENDIAN.set(nonceBytes, COUNTER_OFFSET, nonce);
                yield new IvParameterSpec(nonceBytes);
            }
        };
    }

    private static String transformation(AeadKind kind) {
        return switch (kind) {
            case AES_256_GCM -> "AES/GCM/NoPadding";
            case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
        };
    }

    private static String algorithm(AeadKind kind) {
        return switch (kind) {
            case AES_256_GCM -> "AES";
            case CHACHA20_POLY1305 -> "ChaCha20";
        };
    }

    @Override
    public void erase() {
        key = null;
        cipher = null;
    }
}
