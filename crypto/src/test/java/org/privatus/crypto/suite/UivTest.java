package org.privatus.crypto.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.testing.Seeded;
import org.privatus.testing.Vectors;

/// UIV+, in both ways to compute it, and its parts against the published vectors of Counter Galois Onion (`cgo.md` §3 to §5).
@ParameterizedClass
@EnumSource(BlockCiphers.class)
class UivTest {
    private static final String OFFICIAL = "cgo/cgo_official.json";

    private final CryptoSuite suite;

    UivTest(BlockCiphers ciphers) {
        suite = new StandardSuite(ciphers);
    }

    @Test
    void under_zero_keys_a_zero_cell_begins_with_the_known_aes_block() {
        byte[] body = new byte[Uiv.BODY_LENGTH];
        suite.uiv(new byte[Uiv.KEY_LENGTH]).encrypt(new byte[16], 0, body, 0);
        assertThat(Arrays.copyOf(body, 16)).isEqualTo(hex("66e94bd4ef8a2c3b884cfa59ca342b2e"));
    }

    @Test
    void an_update_of_the_official_set() {
        byte[] key =
                hex("602a99f4000ea3fc0488c7677df13014aac62ff3b6f7b6e2b5c7e72a742d488817bcd049f0e019fd191646841ab3f110"
                        + "e72b05c619c8258b746acb675b1fdd91");
        byte[] newKey =
                hex("8af4ecc5a27a35ba0863256e61764f2e7cc76432ae80b206ac512ce32e4f886900088e2652cc99805e2b70c8155bf68b"
                        + "401c11e66ddc944a148c715d761af935");
        Uiv uiv = suite.uiv(key);
        byte[] nonce = hex("690b56403667d406a41f73c179949b1d");
        uiv.update(nonce, nonce);
        assertThat(nonce).isEqualTo(hex("23475d0e7d14e5177c8498a1f2e72261"));
        assertSameKey(uiv, suite.uiv(newKey));
    }

    @Test
    void cgo_section_3_tweakable_block_cipher() {
        JsonNode vectors = Vectors.read(OFFICIAL).required("et");
        assertThat(vectors).hasSize(20);
        for (JsonNode vector : vectors) {
            byte[] tweak = Arrays.copyOf(bytes(vector, "tweak"), 512);
            byte[] block = bytes(vector, "input");
            TweakedBlock cipher = new TweakedBlock(new PortablePolyval(), bytes(vector, "key"), 0);
            switch (vector.required("op").asText()) {
                case "encrypt" -> cipher.encrypt(tweak, tweak.length, block, 0);
                case "decrypt" -> cipher.decrypt(tweak, tweak.length, block, 0);
                default -> throw new AssertionError(vector);
            }
            assertThat(block).isEqualTo(bytes(vector, "output"));
        }
    }

    @Test
    void cgo_section_4_key_stream() {
        JsonNode vectors = Vectors.read(OFFICIAL).required("prf");
        assertThat(vectors).hasSize(20);
        for (JsonNode vector : vectors) {
            byte[] expected = bytes(vector, "output");
            byte[] stream = new byte[expected.length];
            byte[] scratch = new byte[CellKeyStream.SCRATCH_LENGTH];
            CellKeyStream function = new CellKeyStream(new PortablePolyval(), bytes(vector, "key"), 0);
            if (vector.required("block").asInt() == 0) {
                function.addPayloadStream(bytes(vector, "tweak"), 0, stream, 0, stream.length, scratch);
            } else {
                function.addUpdateStream(bytes(vector, "tweak"), 0, stream, 0, stream.length, scratch);
            }
            assertThat(stream).isEqualTo(expected);
        }
    }

    @Test
    void cgo_section_5_wide_block_cipher() {
        JsonNode vectors = Vectors.read(OFFICIAL).required("uiv");
        assertThat(vectors).hasSize(12);
        for (JsonNode vector : vectors) {
            byte[] tweak = bytes(vector, "tweak");
            byte[] tag = Arrays.copyOf(tweak, 16);
            byte[] body = join(bytes(vector, "in_left"), bytes(vector, "in_right"));
            Uiv uiv = suite.uiv(bytes(vector, "key"));
            switch (vector.required("op").asText()) {
                case "encrypt" -> uiv.encrypt(tag, tweak[16], body, 0);
                case "decrypt" -> uiv.decrypt(tag, tweak[16], body, 0);
                default -> throw new AssertionError(vector);
            }
            assertThat(body).isEqualTo(join(bytes(vector, "out_left"), bytes(vector, "out_right")));
        }
    }

    @Test
    void cgo_section_5_update() {
        JsonNode vectors = Vectors.read(OFFICIAL).required("uiv_update");
        assertThat(vectors).hasSize(10);
        for (JsonNode vector : vectors) {
            Uiv uiv = suite.uiv(bytes(vector, "key"));
            uiv.encrypt(new byte[16], 3, new byte[509], 0);
            uiv.decrypt(new byte[16], 3, new byte[509], 0);
            byte[] nonce = new byte[16];
            uiv.update(bytes(vector, "nonce"), nonce);
            assertThat(nonce).isEqualTo(bytes(vector, "new_nonce"));
            assertSameKey(uiv, suite.uiv(bytes(vector, "new_key")));
        }
    }

    private static void assertSameKey(Uiv one, Uiv other) {
        byte[] tag = new byte[16];
        byte[] forth = new byte[509];
        byte[] expected = new byte[509];
        one.encrypt(tag, 3, forth, 0);
        other.encrypt(tag, 3, expected, 0);
        assertThat(forth).isEqualTo(expected);
        one.decrypt(tag, 3, forth, 0);
        assertThat(forth).isEqualTo(new byte[509]);
    }

    @Seeded
    void decrypt_is_the_inverse_of_encrypt_at_any_offset(long seed) {
        Random random = new Random(seed);
        byte[] key = random(random, Uiv.KEY_LENGTH);
        byte[] tag = random(random, Uiv.TAG_LENGTH);
        byte[] cell = random(random, 512 + random.nextInt(5));
        int offset = random.nextInt(cell.length - Uiv.BODY_LENGTH + 1);
        byte[] before = cell.clone();
        Uiv uiv = suite.uiv(key);
        uiv.encrypt(tag, 9, cell, offset);
        assertThat(cell).isNotEqualTo(before);
        assertThat(Arrays.copyOf(cell, offset)).isEqualTo(Arrays.copyOf(before, offset));
        suite.uiv(key).decrypt(tag, 9, cell, offset);
        assertThat(cell).isEqualTo(before);
    }

    @Seeded
    void any_change_of_the_plain_side_changes_half_of_the_encrypted_side(long seed) {
        Random random = new Random(seed);
        byte[] key = random(random, Uiv.KEY_LENGTH);
        byte[] tag = random(random, Uiv.TAG_LENGTH);
        byte[] one = random(random, Uiv.BODY_LENGTH);
        byte[] other = one.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        Uiv uiv = suite.uiv(key);
        uiv.encrypt(tag, 3, one, 0);
        uiv.encrypt(tag, 3, other, 0);
        int differing = 0;
        for (int i = 0; i < one.length; i++) {
            differing += Integer.bitCount((one[i] ^ other[i]) & 0xff);
        }
        assertThat(differing).isBetween(1700, 2372);
    }

    @Seeded
    void both_ways_give_the_same_bytes(long seed) {
        Random random = new Random(seed);
        byte[] key = random(random, Uiv.KEY_LENGTH);
        List<Uiv> ways = List.of(suite.uiv(key), BlockCiphers.PORTABLE.uiv(key));
        byte[] tag = random(random, Uiv.TAG_LENGTH);
        byte[] cell = random(random, 520);
        byte[] other = cell.clone();
        for (int i = 0; i < 20; i++) {
            int offset = random.nextInt(cell.length - Uiv.BODY_LENGTH + 1);
            int command = random.nextInt(256);
            switch (random.nextInt(3)) {
                case 0 -> {
                    ways.getFirst().encrypt(tag, command, cell, offset);
                    ways.getLast().encrypt(tag, command, other, offset);
                }
                case 1 -> {
                    ways.getFirst().decrypt(tag, command, cell, offset);
                    ways.getLast().decrypt(tag, command, other, offset);
                }
                default -> {
                    byte[] nonce = tag.clone();
                    ways.getFirst().update(tag, nonce);
                    ways.getLast().update(tag, tag);
                    assertThat(nonce).isEqualTo(tag);
                }
            }
            assertThat(cell).isEqualTo(other);
        }
    }

    @Test
    void an_erased_cipher_is_useless() {
        Uiv uiv = suite.uiv(new byte[Uiv.KEY_LENGTH]);
        uiv.encrypt(new byte[16], 3, new byte[509], 0);
        uiv.erase();
        assertThatThrownBy(() -> uiv.encrypt(new byte[16], 3, new byte[509], 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> uiv.decrypt(new byte[16], 3, new byte[509], 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_cell_allocates_nothing() {
        Uiv uiv = suite.uiv(new byte[Uiv.KEY_LENGTH]);
        byte[] tag = new byte[16];
        byte[] body = new byte[509];
        uiv.encrypt(tag, 3, body, 0);
        uiv.decrypt(tag, 3, body, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            uiv.encrypt(tag, 3, body, 0);
            uiv.decrypt(tag, 3, body, 0);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16_000);
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
