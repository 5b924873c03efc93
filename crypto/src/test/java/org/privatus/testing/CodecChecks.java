package org.privatus.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.privatus.crypto.wire.MalformedPacketException;

/// What every decoder must stand: it refuses with `MalformedPacketException` and nothing else, however the bytes came about.
public final class CodecChecks {
    private static final int RANDOM_TRIES = 200;

    private CodecChecks() {}

    /// Reads the whole of `bytes`.
    @FunctionalInterface
    public interface Decoder {
        Object decode(byte[] bytes) throws MalformedPacketException;
    }

    /// Every proper prefix of `encoded` is refused.
    public static void refusesEveryTruncation(byte[] encoded, Decoder decoder) {
        for (int length = 0; length < encoded.length; length++) {
            byte[] prefix = Arrays.copyOf(encoded, length);
            assertThat(accepts(prefix, decoder))
                    .as("%d of %d bytes", length, encoded.length)
                    .isFalse();
        }
    }

    /// Random bytes, and `encoded` with random bytes in it, are decoded or refused, and nothing else is thrown.
    public static void survivesNoise(long seed, byte[] encoded, Decoder decoder) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            byte[] noise = new byte[random.nextInt(2 * encoded.length + 1)];
            random.nextBytes(noise);
            accepts(noise, decoder);
            byte[] changed = encoded.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            accepts(changed, decoder);
        }
    }

    /// Whether the bytes are decoded; a failure names them when something else than the one exception comes out.
    public static boolean accepts(byte[] bytes, Decoder decoder) {
        try {
            decoder.decode(bytes);
            return true;
        } catch (MalformedPacketException e) {
            return false;
        } catch (RuntimeException e) {
            return fail("decoding " + HexFormat.of().formatHex(bytes), e);
        }
    }
}
