package org.privatus.crypto.suite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// UIV+ by the JDK's AES and GHASH ([JdkBlocks]); the same bytes as [PolyvalUiv], which shows its layout.
///
/// POLYVAL is GHASH of reversed blocks under a key times x (RFC 8452 appendix A), so the tweak is written backwards, block
/// by block. A hop keeps two key schedules (three where it decrypts, which is at the client) and two hash keys, some 700
/// bytes; a new key is written over the old one.
final class JdkUiv implements Uiv {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int RIGHT_LENGTH = BODY_LENGTH - TAG_LENGTH;
    private static final int TWEAK_BLOCKS = 32;
    private static final int LAST_BLOCK = (TWEAK_BLOCKS - 1) * JdkBlocks.BLOCK_LENGTH;
    private static final int UPDATE_LENGTH = KEY_LENGTH + NONCE_LENGTH;
    private static final int UPDATE_BLOCK = 31;
    private static final long STREAM_BITS = 0x3f;
    private static final long GHASH_REDUCTION = 0xe1L << 56;

    private static final int LEFT_HASH_KEY = 16;
    private static final int RIGHT_KEY = 32;
    private static final int RIGHT_HASH_KEY = 48;

    private final int[] left = new int[AesSchedule.WORDS_128];
    private final int[] right = new int[AesSchedule.WORDS_128];
    private int @Nullable [] leftInverse;
    private final long[] leftHash = new long[JdkBlocks.HASH_TABLE_LENGTH];
    private long rightHashHigh;
    private long rightHashLow;
    private boolean erased;

    JdkUiv(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        init(key);
    }

    private void init(byte[] key) {
        AesSchedule.expand(key, 0, left);
        AesSchedule.expand(key, RIGHT_KEY, right);
        if (leftInverse != null) {
            AesSchedule.invert(left, leftInverse);
        }
        long high = (long) LITTLE.get(key, LEFT_HASH_KEY + Long.BYTES);
        long low = (long) LITTLE.get(key, LEFT_HASH_KEY);
        Arrays.fill(leftHash, 0);
        leftHash[0] = highTimesX(high, low);
        leftHash[1] = lowTimesX(high, low);
        high = (long) LITTLE.get(key, RIGHT_HASH_KEY + Long.BYTES);
        low = (long) LITTLE.get(key, RIGHT_HASH_KEY);
        rightHashHigh = highTimesX(high, low);
        rightHashLow = lowTimesX(high, low);
    }

    private static long highTimesX(long high, long low) {
        return high >>> 1 ^ (-(low & 1) & GHASH_REDUCTION);
    }

    private static long lowTimesX(long high, long low) {
        return low >>> 1 | high << 63;
    }

    @Override
    public void encrypt(byte[] chainingTag, int command, byte[] body, int offset) {
        requireKey();
        JdkBlocks blocks = JdkBlocks.ofThread();
        hashTweak(blocks, chainingTag, command, body, offset);
        long maskLow = blocks.hashLow();
        long maskHigh = blocks.hashHigh();
        addToLeft(body, offset, maskLow, maskHigh);
        blocks.encryptBlock(left, body, offset, body, offset);
        addToLeft(body, offset, maskLow, maskHigh);
        addPayloadStream(blocks, body, offset);
    }

    @Override
    public void decrypt(byte[] chainingTag, int command, byte[] body, int offset) {
        requireKey();
        JdkBlocks blocks = JdkBlocks.ofThread();
        addPayloadStream(blocks, body, offset);
        hashTweak(blocks, chainingTag, command, body, offset);
        long maskLow = blocks.hashLow();
        long maskHigh = blocks.hashHigh();
        addToLeft(body, offset, maskLow, maskHigh);
        blocks.decryptBlock(inverse(), body, offset, body, offset);
        addToLeft(body, offset, maskLow, maskHigh);
    }

    private int[] inverse() {
        int[] inverse = leftInverse;
        if (inverse == null) {
            inverse = new int[AesSchedule.WORDS_128];
            AesSchedule.invert(left, inverse);
            leftInverse = inverse;
        }
        return inverse;
    }

    /// The tweak's second block begins one byte before the right part: that byte is the command's.
    private void hashTweak(JdkBlocks blocks, byte[] chainingTag, int command, byte[] body, int offset) {
        byte[] tweak = blocks.scratch;
        putReversed(tweak, 0, (long) LITTLE.get(chainingTag, 0), (long) LITTLE.get(chainingTag, Long.BYTES));
        int source = offset - 1;
        long first = (long) LITTLE.get(body, source + 16);
        putReversed(tweak, 16, (first & ~0xffL) | (command & 0xff), (long) LITTLE.get(body, source + 24));
        for (int at = 32; at < LAST_BLOCK; at += JdkBlocks.BLOCK_LENGTH) {
            putReversed(tweak, at, (long) LITTLE.get(body, source + at), (long) LITTLE.get(body, source + at + 8));
        }
        long last = (long) LITTLE.get(body, offset + BODY_LENGTH - Long.BYTES) >>> (2 * Byte.SIZE);
        putReversed(tweak, LAST_BLOCK, (long) LITTLE.get(body, source + LAST_BLOCK), last);
        blocks.hash(leftHash, tweak, 0, TWEAK_BLOCKS);
    }

    private static void putReversed(byte[] out, int at, long low, long high) {
        BIG.set(out, at, high);
        BIG.set(out, at + Long.BYTES, low);
    }

    private static void addToLeft(byte[] body, int offset, long low, long high) {
        LITTLE.set(body, offset, (long) LITTLE.get(body, offset) ^ low);
        LITTLE.set(body, offset + Long.BYTES, (long) LITTLE.get(body, offset + Long.BYTES) ^ high);
    }

    private void addPayloadStream(JdkBlocks blocks, byte[] body, int offset) {
        addStream(blocks, body, offset, 0, body, offset + TAG_LENGTH, RIGHT_LENGTH);
    }

    private void addStream(
            JdkBlocks blocks, byte[] input, int inputOffset, int firstBlock, byte[] data, int offset, int length) {
        putReversed(blocks.scratch, 0, (long) LITTLE.get(input, inputOffset), (long)
                LITTLE.get(input, inputOffset + Long.BYTES));
        blocks.hash(rightHashHigh, rightHashLow, blocks.scratch, 0, 1);
        long high = Long.reverseBytes(blocks.hashLow());
        long low = (Long.reverseBytes(blocks.hashHigh()) & ~STREAM_BITS) + firstBlock;
        blocks.crypt(right, high, low, data, offset, length, data, offset);
    }

    @Override
    public void update(byte[] input, byte[] nonce) {
        requireKey();
        JdkBlocks blocks = JdkBlocks.ofThread();
        byte[] next = blocks.scratch;
        Arrays.fill(next, JdkBlocks.BLOCK_LENGTH, JdkBlocks.BLOCK_LENGTH + UPDATE_LENGTH, (byte) 0);
        addStream(blocks, input, 0, UPDATE_BLOCK, next, JdkBlocks.BLOCK_LENGTH, UPDATE_LENGTH);
        System.arraycopy(next, JdkBlocks.BLOCK_LENGTH, next, 0, UPDATE_LENGTH);
        init(next);
        System.arraycopy(next, KEY_LENGTH, nonce, 0, NONCE_LENGTH);
        Arrays.fill(next, 0, JdkBlocks.BLOCK_LENGTH + UPDATE_LENGTH, (byte) 0);
    }

    private void requireKey() {
        if (erased) {
            throw new IllegalStateException("erased");
        }
    }

    @Override
    public void erase() {
        erased = true;
        Arrays.fill(left, 0);
        Arrays.fill(right, 0);
        if (leftInverse != null) {
            Arrays.fill(leftInverse, 0);
        }
        Arrays.fill(leftHash, 0);
        rightHashHigh = 0;
        rightHashLow = 0;
    }
}
