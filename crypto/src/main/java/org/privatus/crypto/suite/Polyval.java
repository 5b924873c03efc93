package org.privatus.crypto.suite;

/// The universal hash POLYVAL (RFC 8452 §3) under one key, fed in whole blocks. `UIV+` hashes every cell with it, so this
/// is the seam where a machine's carry-less multiplication can take the place of [PortablePolyval]. One owner each;
/// nothing here allocates after construction.
interface Polyval {
    int KEY_LENGTH = 16;
    int BLOCK_LENGTH = 16;

    /// Takes the 16 bytes at `offset` as the key and starts a new sum.
    void init(byte[] key, int offset);

    /// Adds `blocks` blocks of 16 bytes.
    void update(byte[] in, int offset, int blocks);

    /// Writes the 16 bytes of the sum and starts a new one.
    void digest(byte[] out, int offset);

    /// Forgets key and sum.
    void erase();
}
