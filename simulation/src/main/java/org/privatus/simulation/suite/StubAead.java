package org.privatus.simulation.suite;

import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.simulation.random.Mix;

/// Hides the plaintext behind a key stream and makes a tag of 64 bits, written twice over, from key, nonce, associated data and
/// plaintext. One changed bit anywhere always changes it.
final class StubAead implements Aead {
    private static final long PRIME = 0xD6E8FEB86659FD93L;

    private final long streamKey;
    private final long tagKey;
    private boolean erased;

    StubAead(AeadKind kind, byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        streamKey = Mix.of(Mix.of(kind.name()), key, 0, KEY_LENGTH);
        tagKey = Mix.mix64(streamKey + Mix.GOLDEN);
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
        requireKey();
        if (out.length - outOffset < length + TAG_LENGTH) {
            throw new IllegalArgumentException("no room for the tag");
        }
        long tag = start(nonce, ad, adOffset, adLength);
        long stream = Mix.of(streamKey, nonce);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            long word = StubHash.getLong(in, inOffset + at);
            tag = absorb(tag, word);
            StubHash.putLong(out, outOffset + at, word ^ Mix.mix64(stream += Mix.GOLDEN));
        }
        long last = Mix.mix64(stream + Mix.GOLDEN);
        for (; at < length; at++) {
            tag = absorb(tag, in[inOffset + at]);
            out[outOffset + at] = (byte) (in[inOffset + at] ^ last);
            last >>>= Byte.SIZE;
        }
        tag = Mix.of(tag, length);
        StubHash.putLong(out, outOffset + length, tag);
        StubHash.putLong(out, outOffset + length + Long.BYTES, Mix.mix64(tag));
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
        requireKey();
        int plain = length - TAG_LENGTH;
        if (plain < 0) {
            return -1;
        }
        long given = StubHash.getLong(in, inOffset + plain);
        long again = StubHash.getLong(in, inOffset + plain + Long.BYTES);
        long tag = start(nonce, ad, adOffset, adLength);
        long stream = Mix.of(streamKey, nonce);
        int at = 0;
        for (; at + Long.BYTES <= plain; at += Long.BYTES) {
            long word = StubHash.getLong(in, inOffset + at) ^ Mix.mix64(stream += Mix.GOLDEN);
            tag = absorb(tag, word);
            StubHash.putLong(out, outOffset + at, word);
        }
        long last = Mix.mix64(stream + Mix.GOLDEN);
        for (; at < plain; at++) {
            byte value = (byte) (in[inOffset + at] ^ last);
            tag = absorb(tag, value);
            out[outOffset + at] = value;
            last >>>= Byte.SIZE;
        }
        tag = Mix.of(tag, plain);
        return tag == given && Mix.mix64(tag) == again ? plain : -1;
    }

    private long start(long nonce, byte[] ad, int adOffset, int adLength) {
        return Mix.of(Mix.of(tagKey, nonce), ad, adOffset, adLength);
    }

    /// A bijection of the tag for each word, so that no single change is ever lost.
    private static long absorb(long tag, long word) {
        long mixed = (tag ^ word) * PRIME;
        return mixed ^ (mixed >>> 32);
    }

    private void requireKey() {
        if (erased) {
            throw new IllegalStateException("erased");
        }
    }

    @Override
    public void erase() {
        erased = true;
    }
}
