package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privatus.testing.FixedRandom;
import org.privatus.testing.Seeded;

class RandomFillTest {
    private static final int AHEAD = 1024;

    private final CryptoSuite suite = new StandardSuite();
    private final byte[] key = new byte[32];

    @Test
    void is_the_key_stream_behind_the_next_key() {
        byte[] first = suite.aes256Ctr(key, new byte[32 + AHEAD]);
        byte[] second = suite.aes256Ctr(Arrays.copyOf(first, 32), new byte[32 + AHEAD]);
        byte[] filled = filled(2 * AHEAD);
        assertThat(Arrays.copyOf(filled, AHEAD)).isEqualTo(Arrays.copyOfRange(first, 32, 32 + AHEAD));
        assertThat(Arrays.copyOfRange(filled, AHEAD, 2 * AHEAD)).isEqualTo(Arrays.copyOfRange(second, 32, 32 + AHEAD));
    }

    @Seeded
    void gives_the_same_bytes_in_pieces_and_touches_nothing_else(long seed) {
        Random random = new Random(seed);
        byte[] whole = filled(5_000);
        RandomFill fill = fill();
        byte[] pieces = new byte[5_002];
        int at = 1;
        while (at < 5_001) {
            int length = Math.min(random.nextInt(900), 5_001 - at);
            fill.fill(pieces, at, length);
            at += length;
        }
        assertThat(Arrays.copyOfRange(pieces, 1, 5_001)).isEqualTo(whole);
        assertThat(pieces[0]).isZero();
        assertThat(pieces[5_001]).isZero();
    }

    private byte[] filled(int length) {
        byte[] out = new byte[length];
        fill().fill(out, 0, length);
        return out;
    }

    private RandomFill fill() {
        return new RandomFill(suite, new FixedRandom(key));
    }
}
