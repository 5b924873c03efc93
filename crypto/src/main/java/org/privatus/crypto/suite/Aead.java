package org.privatus.crypto.suite;

/// An authenticated cipher under one key. The nonce is a counter, encoded as Noise does (see [AeadKind]); that
/// none is used twice to seal is the caller's duty. Not thread-safe: one owner each.
///
/// `in` and `out` may be the same array at the same offset (in place), and must not overlap in any other way. Nothing
/// is allocated that depends on what a peer claims.
public interface Aead {
    int KEY_LENGTH = 32;
    int TAG_LENGTH = 16;

    /// Writes ciphertext and tag to `out`; returns their length, `length + 16`.
    int seal(
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset);

    /// Writes the plaintext of `length` bytes (ciphertext and tag) to `out`; returns its length, `length - 16`, or -1
    /// when the tag is wrong or there is no room for one. On -1 the content of `out` is undefined and must not be
    /// used.
    int open(
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset);

    /// Forgets the key; nothing may be called after it.
    void erase();
}
