package org.privatus.crypto.suite;

/// By what the primitives of a suite are computed in this process, in words for people.
///
/// @param packets the cipher of links
/// @param cells the cipher of circuits
/// @param curves agreement and signatures
/// @param kem the post-quantum half of handshakes
public record CryptoReport(String packets, String cells, String curves, String kem) {
    /// Of a suite that keeps sizes alone.
    static final CryptoReport STAND_INS = new CryptoReport("stand-in", "stand-in", "stand-in", "stand-in");
}
