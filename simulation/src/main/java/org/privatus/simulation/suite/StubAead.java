package org.privatus.simulation.suite;

import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.simulation.random.Mix;

/// Two words at a time, since what counts here is how fast twelve hundred bytes go through it.
///
/// Hides the plaintext behind a key stream and makes a tag of 64 bits, written twice over, from key, nonce, associated data and
/// plaintext. One changed bit anywhere always changes it.
final class StubAead implements Aead {
    private static final int ROTATION = 23;
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
        long other = ~tag;
        long stream = Mix.of(streamKey, nonce);
        int at = 0;
        for (; at + 2 * Long.BYTES <= length; at += 2 * Long.BYTES) {
            long word = StubHash.getLong(in, inOffset + at);
            long next = StubHash.getLong(in, inOffset + at + Long.BYTES);
            tag = absorb(tag, word);
            other = absorb(other, next);
            long key = spread(stream += Mix.GOLDEN);
            StubHash.putLong(out, outOffset + at, word ^ key);
            StubHash.putLong(out, outOffset + at + Long.BYTES, next ^ Long.rotateLeft(key, ROTATION));
        }
        long last = spread(stream + Mix.GOLDEN);
        long second = Long.rotateLeft(last, ROTATION);
        for (; at < length; at++) {
            tag = absorb(tag, in[inOffset + at]);
            out[outOffset + at] = (byte) (in[inOffset + at] ^ last);
            last = (last >>> Byte.SIZE) | (second << (Long.SIZE - Byte.SIZE));
            second >>>= Byte.SIZE;
        }
        tag = Mix.of(Mix.of(tag, other), length);
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
        long other = ~tag;
        long stream = Mix.of(streamKey, nonce);
        int at = 0;
        for (; at + 2 * Long.BYTES <= plain; at += 2 * Long.BYTES) {
            long key = spread(stream += Mix.GOLDEN);
            long word = StubHash.getLong(in, inOffset + at) ^ key;
            long next = StubHash.getLong(in, inOffset + at + Long.BYTES) ^ Long.rotateLeft(key, ROTATION);
            tag = absorb(tag, word);
            other = absorb(other, next);
            StubHash.putLong(out, outOffset + at, word);
            StubHash.putLong(out, outOffset + at + Long.BYTES, next);
        }
        long last = spread(stream + Mix.GOLDEN);
        long second = Long.rotateLeft(last, ROTATION);
        for (; at < plain; at++) {
            byte value = (byte) (in[inOffset + at] ^ last);
            tag = absorb(tag, value);
            out[outOffset + at] = value;
            last = (last >>> Byte.SIZE) | (second << (Long.SIZE - Byte.SIZE));
            second >>>= Byte.SIZE;
        }
        tag = Mix.of(Mix.of(tag, other), plain);
        return tag == given && Mix.mix64(tag) == again ? plain : -1;
    }

    private long start(long nonce, byte[] ad, int adOffset, int adLength) {
        return Mix.of(Mix.of(tagKey, nonce), ad, adOffset, adLength);
    }

    /// Half of SplitMix64's finaliser: enough to hide what is sealed.
    private static long spread(long counter) {
        long mixed = (counter ^ (counter >>> 30)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
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
