package org.privatus.crypto.ntor;

import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;

/// The 160 bytes from which a hop's cells are encrypted: safe as long as one of X25519 and ML-KEM-768 is.
///
/// ```
/// SHAKE-256("privatus hop seed 1" ‖ ENCAP(first 32 of the ntor key stream) ‖ ENCAP(ML-KEM secret)
///           ‖ ENCAP(client handshake) ‖ ENCAP(relay handshake)),  ENCAP(s) = length 8 ‖ s
/// ```
final class HopSeed {
    static final int LENGTH = 160;

    /// How much of the ntor key stream goes in.
    static final int NTOR_KEY_LENGTH = 32;

    private static final byte[] LABEL = NtorV3.ascii("privatus hop seed 1");

    private HopSeed() {}

    static byte[] derive(
            CryptoSuite suite, byte[] ntorKey, byte[] kemSecret, byte[] clientHandshake, byte[] relayHandshake) {
        byte[] first = NtorV3.encap(ntorKey);
        byte[] second = NtorV3.encap(kemSecret);
        byte[] seed = suite.shake256(
                LENGTH, LABEL, first, second, NtorV3.encap(clientHandshake), NtorV3.encap(relayHandshake));
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
        return seed;
    }
}
