package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The function PRF of Counter Galois Onion: 16 bytes of input choose two key streams that never overlap, AES-128 in
/// counter mode from a POLYVAL of the input. Its key is an AES key, then a POLYVAL key. Allocates nothing between keys.
///
/// The counter blocks are laid out in a buffer and encrypted in one call, which spares the JDK's counter mode its
/// initialisation for each input.
final class CellKeyStream {
    static final int KEY_LENGTH = AesBlocks.KEY_LENGTH + Polyval.KEY_LENGTH;

    /// Blocks of the stream that covers a cell's right part.
    private static final int PAYLOAD_BLOCKS = 31;

    /// Bytes of scratch that is asked for: counter blocks some way above the stream that they become.
    static final int SCRATCH_LENGTH = AesBlocks.IN_PLACE_DISTANCE + AesBlocks.BLOCK_LENGTH * PAYLOAD_BLOCKS;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final AesBlocks aes;
    private final Polyval polyval;
    private final byte[] counter = new byte[AesBlocks.BLOCK_LENGTH];

    CellKeyStream(Polyval polyval, byte[] key, int offset) {
        this.aes = new AesBlocks(key, offset);
        this.polyval = polyval;
        polyval.init(key, offset + AesBlocks.KEY_LENGTH);
    }

    void init(byte[] key, int offset) {
        aes.init(key, offset);
        polyval.init(key, offset + AesBlocks.KEY_LENGTH);
    }

    /// Adds the stream that protects a cell's right part to the `length` bytes at `offset`; at most 496.
    void addPayloadStream(byte[] input, int inputOffset, byte[] data, int offset, int length, byte[] scratch) {
        apply(input, inputOffset, 0, data, offset, length, scratch);
    }

    /// Adds the stream from which the next key is taken to the `length` bytes at `offset`; at most 80.
    void addUpdateStream(byte[] input, int inputOffset, byte[] data, int offset, int length, byte[] scratch) {
        apply(input, inputOffset, PAYLOAD_BLOCKS, data, offset, length, scratch);
    }

    private void apply(
            byte[] input, int inputOffset, int firstBlock, byte[] data, int offset, int length, byte[] scratch) {
        int blocks = (length + AesBlocks.BLOCK_LENGTH - 1) / AesBlocks.BLOCK_LENGTH;
        polyval.update(input, inputOffset, 1);
        polyval.digest(counter, 0);
        long high = (long) LONGS.get(counter, 0);
        long low = ((long) LONGS.get(counter, 8) & ~0x3FL) + firstBlock;
        for (int i = 0; i < blocks; i++) {
            int at = AesBlocks.IN_PLACE_DISTANCE + i * AesBlocks.BLOCK_LENGTH;
            LONGS.set(scratch, at, high);
            LONGS.set(scratch, at + 8, low + i);
        }
        aes.encrypt(scratch, AesBlocks.IN_PLACE_DISTANCE, blocks * AesBlocks.BLOCK_LENGTH, scratch, 0);
        for (int i = 0; i < length; i++) {
            data[offset + i] ^= scratch[i];
        }
    }

    void erase() {
        aes.erase();
        polyval.erase();
        Arrays.fill(counter, (byte) 0);
    }
}
