package org.privatus.testing;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Inputs that are nearly good: messages with one to four changes each. Bits flip, bytes and length fields take values at the edges, ends are cut off or
/// grow, parts are left out, said twice or taken from another message.
public final class Mutations {
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_GROWTH = 64;
    private static final int LONGEST = 70_000;
    private static final int[] EDGES = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff};

    private final SplittableRandom random;
    private final List<byte[]> messages;

    /// @param messages what is changed; copied when it is
    public Mutations(long seed, List<byte[]> messages) {
        this.random = new SplittableRandom(seed);
        this.messages = messages;
    }

    /// An array of its own.
    public byte[] next() {
        return of(any());
    }

    /// A changed copy.
    public byte[] of(byte[] message) {
        byte[] changed = message.clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            changed = changed.length == 0 ? grown(changed) : changed(changed);
        }
        return changed.length > LONGEST ? Arrays.copyOf(changed, LONGEST) : changed;
    }

    private byte[] any() {
        return messages.get(random.nextInt(messages.size()));
    }

    private byte[] changed(byte[] bytes) {
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes);
            case 1 -> edged(bytes);
            case 2 -> lengthened(bytes);
            case 3 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 4 -> grown(bytes);
            case 5 -> spliced(bytes, 0);
            case 6 -> spliced(any(), random.nextInt(bytes.length));
            default -> repeated(bytes);
        };
    }

    private byte[] flipped(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private byte[] edged(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] = (byte) EDGES[random.nextInt(EDGES.length)];
        return bytes;
    }

    /// Whatever stands there as two or four bytes becomes a little more or less, or the rest of the message, or enormous.
    private byte[] lengthened(byte[] bytes) {
        int width = random.nextBoolean() ? 2 : 4;
        if (bytes.length < width) {
            return flipped(bytes);
        }
        int at = random.nextInt(bytes.length - width + 1);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        value = switch (random.nextInt(4)) {
            case 0 -> value + 1;
            case 1 -> value - 1;
            case 2 -> bytes.length - at - width + random.nextInt(3) - 1L;
            default -> -1 - random.nextLong(4);
        };
        for (int i = width - 1; i >= 0; i--) {
            bytes[at + i] = (byte) value;
            value >>= 8;
        }
        return bytes;
    }

    private byte[] grown(byte[] bytes) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(LONGEST_GROWTH));
        if (random.nextBoolean()) {
            for (int i = bytes.length; i < longer.length; i++) {
                longer[i] = (byte) random.nextInt();
            }
        }
        return longer;
    }

    /// The beginning of another message, and the end of this one.
    private byte[] spliced(byte[] bytes, int from) {
        byte[] head = any();
        int cut = random.nextInt(head.length + 1);
        int rest = Math.min(bytes.length, from + random.nextInt(bytes.length + 1));
        byte[] both = Arrays.copyOf(head, cut + bytes.length - rest);
        System.arraycopy(bytes, rest, both, cut, bytes.length - rest);
        return both;
    }

    /// A part of it twice.
    private byte[] repeated(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(bytes.length - from);
        byte[] twice = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, twice, 0, from + length);
        System.arraycopy(bytes, from, twice, from + length, bytes.length - from);
        return twice;
    }
}
