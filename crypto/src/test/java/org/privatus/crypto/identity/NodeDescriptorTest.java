package org.privatus.crypto.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class NodeDescriptorTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final NodeIdentity NODE = NodeIdentity.generate(SUITE, new SecureRandom(), 0);
    private static final OnionKey ONION_KEY = OnionKey.of(NodeIdTest.filled(32, 9));
    private static final long FROM = 1_700_000_000_000L;
    private static final long UNTIL = FROM + 3_600_000;
    private static final NodeDescriptor LARGEST =
            create(FROM, UNTIL, "[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1");

    @Test
    void what_was_signed_is_read_and_verified() throws MalformedPacketException {
        NodeDescriptor made = create(FROM, UNTIL, "1.2.3.4:5", "[2001:db8::1]:6");
        NodeDescriptor read = NodeDescriptor.read(made.toBytes());
        assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(read.content()).isEqualTo(made.content());
        assertThat(read.verify(SUITE, NetworkId.DEV)).isTrue();
        assertThat(read.id()).isEqualTo(NODE.id());
        assertThat(read.contact()).isEqualTo(NODE.contact(Endpoint.parse("1.2.3.4:5"), Contact.RELAYS));
        assertThat(read.onionKey()).isEqualTo(ONION_KEY);
        assertThat(read.nonce()).isEqualTo(NODE.nonce());
    }

    @Test
    void the_largest_leaves_room_for_an_extension_of_64_bytes() {
        assertThat(LARGEST.toBytes().length).isEqualTo(NodeDescriptor.MAX_LENGTH - 64);
    }

    @Test
    void an_extension_is_kept_signed_and_not_understood() throws MalformedPacketException {
        byte[] plain = LARGEST.toBytes();
        byte[] body = Arrays.copyOf(plain, plain.length - 64 + 64);
        body[plain.length - 65] = 64;
        byte[] signed = new byte[19 + 2 + body.length];
        System.arraycopy("privatus descriptor".getBytes(UTF_8), 0, signed, 0, 19);
        signed[19] = (byte) 0x80;
        System.arraycopy(body, 0, signed, 21, body.length);
        byte[] whole = Arrays.copyOf(body, NodeDescriptor.MAX_LENGTH);
        System.arraycopy(NODE.sign(SUITE, signed), 0, whole, body.length, 64);
        NodeDescriptor read = NodeDescriptor.read(whole);
        assertThat(read.verify(SUITE, NetworkId.DEV)).isTrue();
        assertThat(read.toBytes()).isEqualTo(whole);
    }

    @Test
    void it_is_good_in_one_network_only() {
        assertThat(LARGEST.verify(SUITE, new NetworkId(0x8001))).isFalse();
    }

    @Test
    void an_unsolved_puzzle_is_found_by_verifying() {
        NodeIdentity lazy = unsolved();
        NodeDescriptor descriptor = NodeDescriptor.create(SUITE, lazy, NetworkId.MAIN, LARGEST.content());
        assertThat(descriptor.verify(SUITE, NetworkId.MAIN)).isFalse();
    }

    @Test
    void a_proof_that_does_not_follow_from_the_nonce_is_found_by_verifying() {
        NodeIdentity liar = NodeIdentity.restore(SUITE, NODE.seed(), NODE.nonce(), PuzzleProof.of(new byte[16]));
        NodeDescriptor descriptor = NodeDescriptor.create(SUITE, liar, NetworkId.DEV, LARGEST.content());
        assertThat(descriptor.verify(SUITE, NetworkId.DEV)).isFalse();
    }

    @Seeded(8)
    void a_flipped_bit_is_refused_or_fails_to_verify(long seed) throws MalformedPacketException {
        var random = new SplittableRandom(seed);
        byte[] bytes = LARGEST.toBytes();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        if (CodecChecks.accepts(bytes, NodeDescriptor::read)) {
            assertThat(NodeDescriptor.read(bytes).verify(SUITE, NetworkId.DEV)).isFalse();
        }
    }

    @Test
    void a_truncated_descriptor_is_refused_at_every_length() {
        CodecChecks.refusesEveryTruncation(LARGEST.toBytes(), NodeDescriptor::read);
    }

    @Seeded
    void noise_is_refused_or_read(long seed) {
        CodecChecks.survivesNoise(seed, LARGEST.toBytes(), NodeDescriptor::read);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 7 * 24 * 3_600_000 + 1})
    void a_validity_of_nothing_or_of_more_than_a_week_is_refused(long validity) {
        assertThatThrownBy(() -> create(FROM, FROM + validity, "1.2.3.4:5"))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] bytes = LARGEST.toBytes();
        java.nio.ByteBuffer.wrap(bytes).putLong(105, FROM + validity);
        assertThatThrownBy(() -> NodeDescriptor.read(bytes)).hasMessage("BAD_VALUE");
    }

    @Test
    void endpoints_are_one_to_three_and_different() {
        assertThatThrownBy(() -> create(FROM, UNTIL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> create(FROM, UNTIL, "1.1.1.1:1", "1.1.1.1:1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> create(FROM, UNTIL, "1.1.1.1:1", "1.1.1.1:2", "1.1.1.1:3", "1.1.1.1:4"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> create(FROM, UNTIL, "1.1.1.1:0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void validity_allows_for_clocks_that_differ() {
        assertThat(LARGEST.isValidAt(FROM, 0)).isTrue();
        assertThat(LARGEST.isValidAt(FROM - 1, 0)).isFalse();
        assertThat(LARGEST.isValidAt(UNTIL, 0)).isFalse();
        assertThat(LARGEST.isValidAt(FROM - 1000, 1000)).isTrue();
        assertThat(LARGEST.isValidAt(UNTIL + 999, 1000)).isTrue();
    }

    @Test
    void the_later_one_supersedes_and_of_equals_exactly_one_does() {
        NodeDescriptor later = create(FROM + 1, UNTIL, "1.2.3.4:5");
        assertThat(later.supersedes(LARGEST)).isTrue();
        assertThat(LARGEST.supersedes(later)).isFalse();
        NodeDescriptor twin = create(FROM, UNTIL, "1.2.3.4:5");
        assertThat(twin.supersedes(LARGEST)).isNotEqualTo(LARGEST.supersedes(twin));
        assertThat(LARGEST.supersedes(LARGEST)).isFalse();
    }

    private static NodeIdentity unsolved() {
        while (true) {
            NodeIdentity node = NodeIdentity.generate(SUITE, new SecureRandom(), 0);
            if (Puzzle.check(SUITE, node.key(), node.nonce(), NetworkId.MAIN.puzzleBits())
                    .isEmpty()) {
                return node;
            }
        }
    }

    private static NodeDescriptor create(long from, long until, String... endpoints) {
        List<Endpoint> list = Arrays.stream(endpoints).map(Endpoint::parse).toList();
        var content = new NodeDescriptor.Content(list, ONION_KEY, from, until, 0, 60, 1000, NodeDescriptor.RELAYS);
        return NodeDescriptor.create(SUITE, NODE, NetworkId.DEV, content);
    }
}
