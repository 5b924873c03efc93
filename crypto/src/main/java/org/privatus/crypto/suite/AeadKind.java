package org.privatus.crypto.suite;

/// The two ciphers of links and handshakes. They differ in how a Noise nonce becomes the 96-bit nonce of the cipher.
public enum AeadKind {
    /// AES-256-GCM, the network's default: 4 zero bytes ‖ counter, big-endian.
    AES_256_GCM,
    /// ChaCha20-Poly1305, for machines without AES instructions: 4 zero bytes ‖ counter, little-endian.
    CHACHA20_POLY1305,
}
