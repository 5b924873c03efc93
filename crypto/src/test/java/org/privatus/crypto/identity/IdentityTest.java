package org.privatus.crypto.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;

class IdentityTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final long WEEK = TimeUnit.DAYS.toMillis(7);

    @Test
    void a_nodes_links_use_the_image_of_its_key() throws MalformedPacketException {
        NodeIdentity node = NodeIdentity.generate(SUITE, KEYS, 0);
        assertThat(SUITE.x25519Public(node.linkSecret()))
                .isEqualTo(SUITE.x25519OfEd25519Public(node.key().toBytes()));
        PersonIdentity person = PersonIdentity.generate(SUITE, KEYS);
        assertThat(SUITE.x25519Public(person.xSecret()))
                .isEqualTo(SUITE.x25519OfEd25519Public(person.key().toBytes()));
    }

    @Test
    void a_restored_identity_is_the_same() {
        NodeIdentity node = NodeIdentity.generate(SUITE, KEYS, 2);
        NodeIdentity again = NodeIdentity.restore(SUITE, node.seed(), node.nonce(), node.proof());
        assertThat(again.id()).isEqualTo(node.id()).isEqualTo(NodeId.of(node.proof(), node.key()));
        byte[] message = {1, 2, 3};
        assertThat(SUITE.ed25519Verify(node.key().toBytes(), message, again.sign(SUITE, message)))
                .isTrue();
        PersonIdentity person = PersonIdentity.generate(SUITE, KEYS);
        PersonIdentity restored = PersonIdentity.restore(
                SUITE, person.seed(), person.addressSecret().toBytes());
        assertThat(restored.address(NetworkId.DEV)).isEqualTo(person.address(NetworkId.DEV));
    }

    @Test
    void the_puzzle_is_solved_and_checked() {
        NodeIdentity node = NodeIdentity.generate(SUITE, KEYS, 4);
        assertThat(Puzzle.check(SUITE, node.key(), node.nonce(), 4)).contains(node.proof());
        byte[] digest = SUITE.sha256("puzzle".getBytes(UTF_8), node.proof().toBytes());
        assertThat(digest[0] & 0xf0).isZero();
        assertThat(Puzzle.check(SUITE, node.key(), node.nonce(), 256)).isEmpty();
        NodeKey other = NodeIdentity.generate(SUITE, KEYS, 0).key();
        assertThat(Puzzle.check(SUITE, other, node.nonce(), 0)).isPresent().isNotEqualTo(node.proof());
    }

    @Test
    void erased_secrets_are_gone_and_copies_stay() {
        PersonIdentity person = PersonIdentity.generate(SUITE, KEYS);
        PersonAddress address = person.address(NetworkId.DEV);
        byte[] seed = person.seed();
        person.erase();
        assertThat(person.seed()).containsOnly(0);
        assertThat(person.xSecret()).containsOnly(0);
        assertThat(person.addressSecret().toBytes()).containsOnly(0);
        assertThat(seed).isNotEqualTo(new byte[32]);
        assertThat(address.secret().toBytes()).isNotEqualTo(new byte[32]);
        NodeIdentity node = NodeIdentity.generate(SUITE, KEYS, 0);
        node.erase();
        assertThat(node.seed()).containsOnly(0);
        assertThat(node.linkSecret()).containsOnly(0);
    }

    @Test
    void nothing_secret_is_printed() {
        NodeIdentity node = NodeIdentity.generate(SUITE, KEYS, 0);
        assertThat(node).hasToString("NodeIdentity " + node.id());
        assertThat(PersonIdentity.generate(SUITE, KEYS)).hasToString("PersonIdentity");
        OnionKeys keys = OnionKeys.generate(SUITE, KEYS, 0);
        assertThat(keys.toString()).doesNotContain(hex(keys.current().secret()).substring(0, 8));
    }

    @Test
    void onion_keys_rotate_weekly_and_two_are_answered_to() {
        OnionKeys first = OnionKeys.generate(SUITE, KEYS, 1000);
        assertThat(first.isRotationDue(1000 + WEEK - 1)).isFalse();
        assertThat(first.isRotationDue(1000 + WEEK)).isTrue();
        assertThat(first.rotationDueEpochMillis()).isEqualTo(1000 + WEEK);
        OnionKeys second = first.rotate(SUITE, KEYS, 1000 + WEEK);
        assertThat(second.previous()).contains(first.current());
        assertThat(second.find(first.current().key())).contains(first.current());
        assertThat(second.find(second.current().key())).contains(second.current());
        OnionKeys third = second.rotate(SUITE, KEYS, 1000 + 2 * WEEK);
        assertThat(third.find(first.current().key())).isEmpty();
        assertThat(third.rotate(SUITE, KEYS, 1000 + 9 * WEEK).previous()).isEmpty();
        OnionKeyPair pair = first.current();
        assertThat(OnionKeyPair.restore(SUITE, pair.secret()).key()).isEqualTo(pair.key());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
