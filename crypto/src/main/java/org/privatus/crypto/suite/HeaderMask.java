package org.privatus.crypto.suite;

/// The mask of packet headers (RFC 9001 §5.4) under one key: what 16 bytes of ciphertext become. With
/// [AeadKind#AES_256_GCM] that is one AES-256 block (§5.4.3), with [AeadKind#CHACHA20_POLY1305] the start of a ChaCha20 key
/// stream (§5.4.4). One owner each; allocates nothing per packet.
public interface HeaderMask {
    int KEY_LENGTH = 32;
    int SAMPLE_LENGTH = 16;

    /// The first eight bytes of the mask, big-endian, for the sample at `offset`.
    long of(byte[] sample, int offset);

    /// Forgets the key; nothing may be called after it.
    void erase();
}
