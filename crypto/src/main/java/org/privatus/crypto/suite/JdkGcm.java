package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// AES-256-GCM (NIST SP 800-38D) by the JDK's AES and GHASH ([JdkBlocks]): the bytes of [JcaAead] without its objects for each
/// message. A forged message is found out before anything of it is decrypted. The key schedule is made when first used, since
/// most links of a node are idle.
///
/// Refuses to seal twice in a row under one nonce, which is a bug of ours, and throws unchecked.
final class JdkGcm implements Aead {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BLOCK_LENGTH = JdkBlocks.BLOCK_LENGTH;

    private final int nonceHead;
    private byte @Nullable [] key;
    private int @Nullable [] schedule;
    private long[] hashTable = {};
    private long lastNonce;
    private boolean sealed;

    JdkGcm(byte[] key) {
        this(key, 0);
    }

    /// With a first part of the nonce that is not zero, for published test vectors alone.
    JdkGcm(byte[] key, int nonceHead) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        this.key = key.clone();
        this.nonceHead = nonceHead;
    }

    @Override
    public int seal(
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset) {
        JdkBlocks blocks = JdkBlocks.ofThread();
        int[] keyed = schedule(blocks);
        Objects.checkFromIndexSize(outOffset, length + TAG_LENGTH, out.length);
        if (sealed && nonce == lastNonce) {
            throw new IllegalStateException("sealed under this nonce before");
        }
        sealed = true;
        lastNonce = nonce;
        blocks.crypt(keyed, counterHigh(nonce), counterLow(nonce, 2), in, inOffset, length, out, outOffset);
        authenticate(blocks, keyed, nonce, ad, adOffset, adLength, out, outOffset, length);
        LONG.set(out, outOffset + length, tagHigh(blocks));
        LONG.set(out, outOffset + length + Long.BYTES, tagLow(blocks));
        return length + TAG_LENGTH;
    }

    @Override
    public int open(
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset) {
        int plain = length - TAG_LENGTH;
        if (plain < 0) {
            return -1;
        }
        JdkBlocks blocks = JdkBlocks.ofThread();
        int[] keyed = schedule(blocks);
        Objects.checkFromIndexSize(inOffset, length, in.length);
        authenticate(blocks, keyed, nonce, ad, adOffset, adLength, in, inOffset, plain);
        long difference = (tagHigh(blocks) ^ (long) LONG.get(in, inOffset + plain))
                | (tagLow(blocks) ^ (long) LONG.get(in, inOffset + plain + Long.BYTES));
        if (difference != 0) {
            return -1;
        }
        blocks.crypt(keyed, counterHigh(nonce), counterLow(nonce, 2), in, inOffset, plain, out, outOffset);
        return plain;
    }

    /// Leaves the sum over associated data and ciphertext in the hash, and the block that hides it in the scratch.
    private void authenticate(
            JdkBlocks blocks,
            int[] keyed,
            long nonce,
            byte[] ad,
            int adOffset,
            int adLength,
            byte[] text,
            int offset,
            int length) {
        blocks.startHash();
        int tail = addWholeBlocks(blocks, ad, adOffset, adLength);
        if (tail > 0) {
            blocks.addToHash(hashTable, blocks.scratch, 0, 1);
        }
        tail = addWholeBlocks(blocks, text, offset, length);
        LONG.set(blocks.scratch, tail, (long) adLength * Byte.SIZE);
        LONG.set(blocks.scratch, tail + Long.BYTES, (long) length * Byte.SIZE);
        blocks.addToHash(hashTable, blocks.scratch, 0, tail / BLOCK_LENGTH + 1);
        LONG.set(blocks.scratch, 0, counterHigh(nonce));
        LONG.set(blocks.scratch, Long.BYTES, counterLow(nonce, 1));
        blocks.encryptBlock(keyed, blocks.scratch, 0, blocks.scratch, 0);
    }

    /// Adds the whole blocks and lays what is left in the scratch as a block; returns that block's length, which may be 0.
    private int addWholeBlocks(JdkBlocks blocks, byte[] bytes, int offset, int length) {
        int rest = length % BLOCK_LENGTH;
        int whole = length - rest;
        if (whole > 0) {
            blocks.addToHash(hashTable, bytes, offset, whole / BLOCK_LENGTH);
        }
        if (rest == 0) {
            return 0;
        }
        System.arraycopy(bytes, offset + whole, blocks.scratch, 0, rest);
        Arrays.fill(blocks.scratch, rest, BLOCK_LENGTH, (byte) 0);
        return BLOCK_LENGTH;
    }

    private static long tagHigh(JdkBlocks blocks) {
        return blocks.hashHigh() ^ (long) LONG.get(blocks.scratch, 0);
    }

    private static long tagLow(JdkBlocks blocks) {
        return blocks.hashLow() ^ (long) LONG.get(blocks.scratch, Long.BYTES);
    }

    private long counterHigh(long nonce) {
        return (long) nonceHead << Integer.SIZE | nonce >>> Integer.SIZE;
    }

    private static long counterLow(long nonce, int block) {
        return nonce << Integer.SIZE | block;
    }

    private int[] schedule(JdkBlocks blocks) {
        int[] made = schedule;
        return made != null ? made : makeSchedule(blocks);
    }

    private int[] makeSchedule(JdkBlocks blocks) {
        byte[] bytes = key;
        if (bytes == null) {
            throw new IllegalStateException("erased");
        }
        int[] made = new int[AesSchedule.WORDS_256];
        AesSchedule.expand(bytes, 0, made);
        Arrays.fill(bytes, (byte) 0);
        key = null;
        schedule = made;
        Arrays.fill(blocks.scratch, 0, BLOCK_LENGTH, (byte) 0);
        blocks.encryptBlock(made, blocks.scratch, 0, blocks.scratch, 0);
        hashTable = new long[JdkBlocks.HASH_TABLE_LENGTH];
        hashTable[0] = (long) LONG.get(blocks.scratch, 0);
        hashTable[1] = (long) LONG.get(blocks.scratch, Long.BYTES);
        return made;
    }

    @Override
    public void erase() {
        if (key != null) {
            Arrays.fill(key, (byte) 0);
            key = null;
        }
        if (schedule != null) {
            Arrays.fill(schedule, 0);
            schedule = null;
        }
        Arrays.fill(hashTable, 0);
    }
}
