package org.privatus.crypto.noise;

/// What a handshake message does, in the order of the pattern (Noise §7, and the extension for hybrid forward secrecy).
enum Token {
    /// Sends a fresh X25519 key.
    E,
    /// Sends the static X25519 key.
    S,
    /// Agreement of both fresh keys.
    EE,
    /// Agreement of the initiator's fresh with the responder's static key.
    ES,
    /// Agreement of the initiator's static with the responder's fresh key.
    SE,
    /// Sends a fresh ML-KEM-768 key.
    E1,
    /// Sends a secret encapsulated to the other's fresh ML-KEM-768 key.
    EKEM1,
}
