package org.privatus.crypto.identity;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.suite.CryptoSuite;

/// The work that makes a place in the id space dear: `P = Argon2id(password = key, salt = nonce, 1 MiB, t = 1, p = 1,
/// 16 bytes)`, where the first *c* bits of `SHA-256("puzzle" ‖ P)` are zero; *c* is [NetworkId#puzzleBits()].
/// Solving takes 2^c tries on average, checking one.
public final class Puzzle {
    private static final int MEMORY_KIB = 1024;
    private static final byte[] LABEL = "puzzle".getBytes(StandardCharsets.US_ASCII);

    /// What [#check] and each try of [#solve] cost.
    public static final Cost CHECK = Cost.argonKib(MEMORY_KIB);

    private Puzzle() {}

    /// Tries random nonces until one fits: about a millisecond each.
    ///
    /// @param random where nonces come from; they are public
    public static Solution solve(CryptoSuite suite, NodeKey key, int bits, RandomGenerator random) {
        byte[] nonce = new byte[PuzzleNonce.LENGTH];
        while (true) {
            random.nextBytes(nonce);
            byte[] proof = proof(suite, key, nonce);
            if (fits(suite, proof, bits)) {
                return new Solution(PuzzleNonce.of(nonce), PuzzleProof.of(proof));
            }
        }
    }

    /// The proof that `nonce` yields, or empty when it solves nothing.
    public static Optional<PuzzleProof> check(CryptoSuite suite, NodeKey key, PuzzleNonce nonce, int bits) {
        byte[] proof = proof(suite, key, nonce.toBytes());
        return fits(suite, proof, bits) ? Optional.of(PuzzleProof.of(proof)) : Optional.empty();
    }

    private static byte[] proof(CryptoSuite suite, NodeKey key, byte[] nonce) {
        return suite.argon2id(key.toBytes(), nonce, MEMORY_KIB, 1, 1, PuzzleProof.LENGTH);
    }

    private static boolean fits(CryptoSuite suite, byte[] proof, int bits) {
        byte[] digest = suite.sha256(LABEL, proof);
        int zeros = 0;
        for (byte octet : digest) {
            int leading = Integer.numberOfLeadingZeros(octet & 0xff) - 24;
            zeros += leading;
            if (leading < Byte.SIZE) {
                break;
            }
        }
        return zeros >= bits;
    }

    public record Solution(PuzzleNonce nonce, PuzzleProof proof) {}
}
