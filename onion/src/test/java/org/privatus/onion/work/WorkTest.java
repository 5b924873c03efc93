package org.privatus.onion.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.testing.Seeded;

class WorkTest {
    private static final CryptoSuite SUITE = new StandardSuite();

    private static byte[] challenge(long seed) {
        byte[] challenge = new byte[16];
        new SplittableRandom(seed).nextBytes(challenge);
        return challenge;
    }

    @Seeded(20)
    void a_nonce_solves_it_exactly_when_the_layout_says_so(long seed) throws NoSuchAlgorithmException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            long effort = 1 + random.nextLong(i % 2 == 0 ? 4 : 0xffff_ffffL);
            long nonce = random.nextLong();
            byte[] input = WireWriter.allocate(43)
                    .bytes("privatus work 1".getBytes(StandardCharsets.US_ASCII))
                    .bytes(challenge(seed))
                    .u32(effort)
                    .u64(nonce)
                    .toBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(input);
            long first = (hash[0] & 0xffL) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | (hash[3] & 0xff);
            boolean solved = Long.compareUnsigned(first * effort, 1L << 32) < 0;
            assertThat(new Work(SUITE, challenge(seed), effort).isSolvedBy(nonce))
                    .isEqualTo(solved);
        }
    }

    @Test
    void it_takes_about_as_many_hashes_as_the_effort_says() {
        long tried = 0;
        for (int i = 0; i < 300; i++) {
            tried += new Work(SUITE, challenge(i), 100).search(0, 100_000).orElseThrow() + 1;
        }
        assertThat(tried / 300).isBetween(80L, 120L);
    }

    @Test
    void a_solution_is_one_for_its_challenge_and_effort_only() {
        long nonce = new Work(SUITE, challenge(1), 5_000).search(0, 1_000_000).orElseThrow();
        assertThat(new Work(SUITE, challenge(1), 5_000).isSolvedBy(nonce)).isTrue();
        assertThat(new Work(SUITE, challenge(2), 5_000).isSolvedBy(nonce)).isFalse();
        assertThat(new Work(SUITE, challenge(1), 5_001).isSolvedBy(nonce)).isFalse();
    }

    @Test
    void what_is_asked_and_done_is_read_as_it_was_written_and_refused_at_every_other_length()
            throws MalformedPacketException {
        byte[] asked = new WorkAsked(77, challenge(3)).toBytes(new byte[] {4});
        assertThat(asked).hasSize(21).startsWith(4, 0, 0, 0, 77);
        assertThat(WorkAsked.read(asked).effort()).isEqualTo(77);
        assertThat(WorkAsked.read(asked).challenge()).isEqualTo(challenge(3));
        byte[] done = new WorkDone(77, 5).behind(new byte[32]);
        assertThat(done).hasSize(44);
        assertThat(WorkDone.read(done, 32)).contains(new WorkDone(77, 5));
        assertThat(WorkDone.read(new byte[32], 32)).isEqualTo(Optional.empty());
        for (int length = 0; length < asked.length; length++) {
            byte[] cut = Arrays.copyOf(asked, length);
            assertThatThrownBy(() -> WorkAsked.read(cut)).isInstanceOf(MalformedPacketException.class);
        }
        for (int length = 33; length < done.length; length++) {
            byte[] cut = Arrays.copyOf(done, length);
            assertThatThrownBy(() -> WorkDone.read(cut, 32)).isInstanceOf(MalformedPacketException.class);
        }
        assertThatThrownBy(() -> WorkDone.read(new byte[44], 32)).isInstanceOf(MalformedPacketException.class);
    }
}
