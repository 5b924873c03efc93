package org.privatus.crypto.suite;

/// The wide-block cipher UIV+ of Counter Galois Onion (AES-128 and POLYVAL): every bit of its output depends on every
/// bit of its input. Its tweak is the chaining tag T' and the cell's command. One per hop and direction; not
/// thread-safe.
public interface Uiv {
    int KEY_LENGTH = 64;
    int TAG_LENGTH = 16;
    int NONCE_LENGTH = 16;
    int BODY_LENGTH = 509;

    /// Encrypts the 509 bytes of a cell's body in place. `chainingTag` (16 bytes) is only read.
    void encrypt(byte[] chainingTag, int command, byte[] body, int offset);

    /// The inverse of [#encrypt].
    void decrypt(byte[] chainingTag, int command, byte[] body, int offset);

    /// Replaces the key by one derived from it and `input` (16 bytes); writes the next nonce to `nonce`, which may be
    /// `input`.
    void update(byte[] input, byte[] nonce);

    /// Forgets the key; nothing may be called after it.
    void erase();
}
