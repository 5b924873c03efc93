package org.privatus.crypto.suite;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.privatus.crypto.wire.MalformedPacketException;

/// Known answers of each primitive in use, for the start of a process: one that computes something else must not run. Some
/// milliseconds.
public final class SelfTest {
    private static final byte[] NOTHING = {};

    private final CryptoSuite suite;
    private final SecureRandom sevens;

    private SelfTest(CryptoSuite suite, SecureRandom sevens) {
        this.suite = suite;
        this.sevens = sevens;
    }

    /// The name of the first primitive that gives a wrong answer.
    ///
    /// @param sevens is not random at all: every byte that it gives is 7
    public static Optional<String> failure(CryptoSuite suite, SecureRandom sevens) {
        return new SelfTest(suite, sevens).run();
    }

    private Optional<String> run() {
        try {
            Optional<String> curve = curves();
            Optional<String> kem = kem();
            return hashes().or(this::ciphers).or(() -> curve).or(() -> kem);
        } catch (MalformedPacketException | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private Optional<String> hashes() {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        return wrong("SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", suite.sha256(abc))
                .or(() -> wrong(
                        "HMAC-SHA-256",
                        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
                        suite.hmacSha256(NOTHING)))
                .or(() -> wrong(
                        "SHA3-256",
                        "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
                        suite.sha3(abc)))
                .or(() -> wrong(
                        "SHAKE-256",
                        "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739",
                        suite.shake256(32, abc)));
    }

    private Optional<String> ciphers() {
        byte[] sealed = new byte[32];
        suite.aead(new byte[32]).seal(0, NOTHING, 0, 0, new byte[16], 0, 16, sealed, 0);
        byte[] cell = new byte[Uiv.BODY_LENGTH];
        suite.uiv(new byte[Uiv.KEY_LENGTH]).encrypt(new byte[16], 0, cell, 0);
        byte[] opened = cell.clone();
        suite.uiv(new byte[Uiv.KEY_LENGTH]).decrypt(new byte[16], 0, opened, 0);
        byte[] chacha = new byte[32];
        suite.aead(AeadKind.CHACHA20_POLY1305, new byte[32]).seal(0, NOTHING, 0, 0, new byte[16], 0, 16, chacha, 0);
        return wrong("AES-256-GCM", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919", sealed)
                .or(() -> wrong(
                        "ChaCha20-Poly1305",
                        "9f07e7be5551387a98ba977c732d080dc34a88047320f52aa2c6683ef8084d2f",
                        chacha))
                .or(() -> wrong("the cell cipher", "66e94bd4ef8a2c3b884cfa59ca342b2e", Arrays.copyOf(cell, 16)))
                .or(() -> wrong("the cell cipher", "00".repeat(Uiv.BODY_LENGTH), opened));
    }

    private Optional<String> curves() throws MalformedPacketException {
        byte[] agreed = suite.x25519Agree(
                hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"));
        byte[] seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        byte[] signature = suite.ed25519Sign(seed, NOTHING);
        return wrong("X25519", "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552", agreed)
                .or(() -> wrong(
                        "Ed25519",
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
                            + "25bf5f0595bbe24655141438e7a100b",
                        signature))
                .or(() -> suite.ed25519Verify(suite.ed25519Public(seed), NOTHING, signature)
                        ? Optional.empty()
                        : Optional.of("Ed25519"));
    }

    /// FIPS 203 with all randomness (d, z and m) made of one byte, so that it does not matter how it is drawn.
    private Optional<String> kem() throws MalformedPacketException {
        KemKeyPair pair = suite.kemGenerate(sevens);
        KemCapsule capsule = suite.kemEncapsulate(pair.publicKey(), sevens);
        byte[] sent = suite.sha256(pair.publicKey(), capsule.ciphertext());
        byte[] secret = suite.kemDecapsulate(pair, capsule.ciphertext());
        String expected = "6c919ec0f34b59048cc2eeb02183495fa1dd747ae4ae1ab49dde909e350e42fc";
        return wrong("ML-KEM-768", "0a405481c51f459b51842e3be93f467f4cdcab978d649c917666f80d92897545", sent)
                .or(() -> wrong("ML-KEM-768", expected, capsule.secret()))
                .or(() -> wrong("ML-KEM-768", expected, secret));
    }

    private static Optional<String> wrong(String name, String expected, byte[] found) {
        return Arrays.equals(hex(expected), found) ? Optional.empty() : Optional.of(name);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
