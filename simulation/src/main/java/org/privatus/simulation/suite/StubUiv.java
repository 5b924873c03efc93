package org.privatus.simulation.suite;

import org.privatus.crypto.suite.Uiv;
import org.privatus.simulation.random.Mix;

/// The shape of UIV+ with cheap parts: the left 16 bytes go through a permutation that depends on chaining tag, command and the
/// right part; then the right part is hidden behind a stream that depends on the new left. A bit flipped anywhere makes garbage
/// of the right part, of the left part, or of both, and of both at the next layer.
final class StubUiv implements Uiv {
    private static final int RIGHT_LENGTH = BODY_LENGTH - TAG_LENGTH;

    private long leftKey;
    private long rightKey;
    private boolean erased;

    StubUiv(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        leftKey = Mix.of(1, key, 0, KEY_LENGTH);
        rightKey = Mix.of(2, key, 0, KEY_LENGTH);
    }

    @Override
    public void encrypt(byte[] chainingTag, int command, byte[] body, int offset) {
        long tweak = tweak(chainingTag, command, body, offset);
        long other = Mix.mix64(tweak + Mix.GOLDEN);
        long a = StubHash.getLong(body, offset);
        long b = StubHash.getLong(body, offset + Long.BYTES);
        a ^= Mix.mix64(b + tweak);
        b ^= Mix.mix64(a + other);
        a ^= Mix.mix64(b ^ tweak);
        b ^= Mix.mix64(a ^ other);
        StubHash.putLong(body, offset, a);
        StubHash.putLong(body, offset + Long.BYTES, b);
        hideRight(a, b, body, offset);
    }

    @Override
    public void decrypt(byte[] chainingTag, int command, byte[] body, int offset) {
        long a = StubHash.getLong(body, offset);
        long b = StubHash.getLong(body, offset + Long.BYTES);
        hideRight(a, b, body, offset);
        long tweak = tweak(chainingTag, command, body, offset);
        long other = Mix.mix64(tweak + Mix.GOLDEN);
        b ^= Mix.mix64(a ^ other);
        a ^= Mix.mix64(b ^ tweak);
        b ^= Mix.mix64(a + other);
        a ^= Mix.mix64(b + tweak);
        StubHash.putLong(body, offset, a);
        StubHash.putLong(body, offset + Long.BYTES, b);
    }

    private long tweak(byte[] chainingTag, int command, byte[] body, int offset) {
        if (erased) {
            throw new IllegalStateException("erased");
        }
        long start = Mix.of(leftKey + command, StubHash.getLong(chainingTag, 0));
        return Mix.of(
                Mix.of(start, StubHash.getLong(chainingTag, Long.BYTES)), body, offset + TAG_LENGTH, RIGHT_LENGTH);
    }

    private void hideRight(long a, long b, byte[] body, int offset) {
        long stream = Mix.of(Mix.of(rightKey, a), b);
        int at = offset + TAG_LENGTH;
        int end = offset + BODY_LENGTH;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            StubHash.putLong(body, at, StubHash.getLong(body, at) ^ Mix.mix64(stream += Mix.GOLDEN));
        }
        long last = Mix.mix64(stream + Mix.GOLDEN);
        for (; at < end; at++) {
            body[at] ^= (byte) last;
            last >>>= Byte.SIZE;
        }
    }

    @Override
    public void update(byte[] input, byte[] nonce) {
        if (erased) {
            throw new IllegalStateException("erased");
        }
        long seed = Mix.of(rightKey, input, 0, NONCE_LENGTH);
        leftKey = Mix.of(leftKey, seed);
        rightKey = Mix.of(seed, leftKey);
        StubHash.stretch(Mix.of(seed, 1), Mix.of(seed, 2), nonce, 0, NONCE_LENGTH);
    }

    @Override
    public void erase() {
        erased = true;
    }
}
