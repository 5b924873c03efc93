package org.privatus.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

class NodeIdTest {
    @Seeded
    void distance_is_the_exclusive_or_as_a_number(long seed) {
        var random = new SplittableRandom(seed);
        NodeId here = random(random);
        NodeId a = random(random);
        NodeId b = seed % 3 == 0 ? near(a, random) : random(random);
        assertThat(Integer.signum(here.compareDistance(a, b)))
                .isEqualTo(number(here).xor(number(a)).compareTo(number(here).xor(number(b))));
        assertThat(here.commonPrefixLength(a))
                .isEqualTo(256 - number(here).xor(number(a)).bitLength());
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(number(a).compareTo(number(b)));
        assertThat(a.commonPrefixLength(NodeId.of(a.toBytes()))).isEqualTo(256);
        assertThat(here.compareDistance(a, a)).isZero();
    }

    @Test
    void the_id_of_a_node_covers_proof_and_key() throws Exception {
        PuzzleProof proof = PuzzleProof.of(filled(16, 1));
        NodeKey key = NodeKey.of(filled(32, 2));
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(filled(16, 1));
        assertThat(NodeId.of(proof, key).toBytes()).isEqualTo(sha256.digest(filled(32, 2)));
    }

    @Test
    void values_of_different_kinds_are_never_equal() {
        byte[] bytes = filled(32, 3);
        assertThat((Object) NodeId.of(bytes)).isNotEqualTo(NodeKey.of(bytes));
        assertThat(NodeKey.of(bytes)).isEqualTo(NodeKey.of(bytes)).hasSameHashCodeAs(NodeKey.of(bytes));
        assertThat((Object) PuzzleNonce.of(filled(16, 1))).isNotEqualTo(PuzzleProof.of(filled(16, 1)));
    }

    @Test
    void words_and_text_show_the_leading_bytes() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0xf0 + i);
        }
        NodeId id = NodeId.of(bytes);
        assertThat(id.word(0)).isEqualTo(0xf0f1_f2f3_f4f5_f6f7L);
        assertThat(id.word(3)).isEqualTo(0x0809_0a0b_0c0d_0e0fL);
        assertThat(id).hasToString("f0f1f2f3");
        assertThat(id.toHex()).hasSize(64).startsWith("f0f1f2f3f4f5").endsWith("0d0e0f");
        assertThat(NodeId.ofWords(id.word(0), id.word(1), id.word(2), id.word(3)))
                .isEqualTo(id);
        assertThat(PuzzleProof.of(filled(16, 0x0a))).hasToString("0a0a0a0a");
    }

    @Test
    void a_value_has_its_length() {
        assertThatThrownBy(() -> NodeId.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PuzzleNonce.of(new byte[17])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AddressSecret.of(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }

    private static NodeId random(SplittableRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return NodeId.of(bytes);
    }

    private static NodeId near(NodeId id, SplittableRandom random) {
        byte[] bytes = id.toBytes();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return NodeId.of(bytes);
    }

    private static BigInteger number(NodeId id) {
        return new BigInteger(1, id.toBytes());
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
