package org.privatus.crypto.suite;

/// A key pair of ML-KEM-768. What its private half looks like is the suite's business: only the suite that made a
/// pair can use it.
public interface KemKeyPair {
    int PUBLIC_KEY_LENGTH = 1184;

    /// The encapsulation key, a copy.
    byte[] publicKey();

    /// Forgets the private half as far as the provider allows; the pair must not be used again.
    void erase();
}
