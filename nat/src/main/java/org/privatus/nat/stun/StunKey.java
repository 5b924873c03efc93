package org.privatus.nat.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key that protects messages (RFC 8489 §9). Strings are taken as they are: preparing them (OpaqueString, RFC
/// 8265) is up to the caller.
public final class StunKey {
    private final byte[] bytes;

    private StunKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The short-term mechanism (§9.1.1): the password itself.
    public static StunKey shortTerm(String password) {
        return new StunKey(password.getBytes(UTF_8));
    }

    /// The long-term mechanism with MD5 (§18.5.1.1), for servers that name no password algorithm.
    public static StunKey longTermMd5(String username, String realm, String password) {
        return new StunKey(digest("MD5", username, realm, password));
    }

    /// The long-term mechanism with SHA-256 (§18.5.1.2).
    public static StunKey longTermSha256(String username, String realm, String password) {
        return new StunKey(digest("SHA-256", username, realm, password));
    }

    private static byte[] digest(String algorithm, String username, String realm, String password) {
        try {
            String joined = username + ":" + realm + ":" + password;
            return MessageDigest.getInstance(algorithm).digest(joined.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }

    /// The full-length HMAC, SHA-1 or SHA-256, of the first `length` bytes.
    byte[] mac(boolean sha256, byte[] message, int length) {
        String algorithm = sha256 ? "HmacSHA256" : "HmacSHA1";
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(bytes.length == 0 ? new byte[1] : bytes, algorithm));
            mac.update(message, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }

    public void erase() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "StunKey";
    }
}
