package org.privatus.crypto.suite;

import java.util.Arrays;

/// The tweakable block cipher ET of Counter Galois Onion: AES-128 between two additions of the tweak's POLYVAL. Its key
/// is an AES key, then a POLYVAL key; its tweak is given padded to whole blocks. Allocates nothing between keys.
final class TweakedBlock {
    static final int KEY_LENGTH = AesBlocks.KEY_LENGTH + Polyval.KEY_LENGTH;

    private final AesBlocks aes;
    private final Polyval polyval;
    private final byte[] mask = new byte[AesBlocks.BLOCK_LENGTH];
    private final byte[] masked = new byte[AesBlocks.BLOCK_LENGTH];

    TweakedBlock(Polyval polyval, byte[] key, int offset) {
        this.aes = new AesBlocks(key, offset);
        this.polyval = polyval;
        polyval.init(key, offset + AesBlocks.KEY_LENGTH);
    }

    void init(byte[] key, int offset) {
        aes.init(key, offset);
        polyval.init(key, offset + AesBlocks.KEY_LENGTH);
    }

    /// Encrypts the block at `offset` in place.
    void encrypt(byte[] tweak, int tweakLength, byte[] block, int offset) {
        addMask(tweak, tweakLength, block, offset);
        aes.encrypt(masked, 0, masked.length, block, offset);
        addMaskAgain(block, offset);
    }

    /// Decrypts the block at `offset` in place.
    void decrypt(byte[] tweak, int tweakLength, byte[] block, int offset) {
        addMask(tweak, tweakLength, block, offset);
        aes.decrypt(masked, 0, masked.length, block, offset);
        addMaskAgain(block, offset);
    }

    private void addMask(byte[] tweak, int tweakLength, byte[] block, int offset) {
        polyval.update(tweak, 0, tweakLength / Polyval.BLOCK_LENGTH);
        polyval.digest(mask, 0);
        for (int i = 0; i < mask.length; i++) {
            masked[i] = (byte) (block[offset + i] ^ mask[i]);
        }
    }

    private void addMaskAgain(byte[] block, int offset) {
        for (int i = 0; i < mask.length; i++) {
            block[offset + i] ^= mask[i];
        }
    }

    void erase() {
        aes.erase();
        polyval.erase();
        Arrays.fill(mask, (byte) 0);
        Arrays.fill(masked, (byte) 0);
    }
}
