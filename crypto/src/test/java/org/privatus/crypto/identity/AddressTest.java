package org.privatus.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class AddressTest {
    private static final PersonAddress PERSON = person(1, NetworkId.DEV);
    private static final JoinAddress NODE = node(1, "127.0.0.1", 4000);

    @Seeded
    void a_persons_address_survives_pasting(long seed) throws BadAddressException {
        PersonAddress address = person(seed, NetworkId.MAIN);
        String text = address.encode();
        assertThat(text).hasSize(115).startsWith("pvp").isLowerCase().isAlphanumeric();
        assertThat(PersonAddress.parse(text)).isEqualTo(address);
        assertThat(PersonAddress.parse("  " + text.toUpperCase(Locale.ROOT) + "\r\n", NetworkId.MAIN))
                .isEqualTo(address);
        assertThat(PersonAddress.parse(text.replace('0', 'o').replace('1', 'l')))
                .isEqualTo(address);
    }

    @Seeded
    void a_nodes_address_survives_pasting(long seed) throws BadAddressException {
        JoinAddress address = node(seed, "node.example.org", 4000);
        assertThat(address.encodeKey())
                .hasSize(91)
                .startsWith("pvn")
                .isLowerCase()
                .isAlphanumeric();
        assertThat(JoinAddress.parse(address.encode() + "\n")).isEqualTo(address);
        assertThat(address.endpoint()).isEmpty();
    }

    @Seeded
    void one_wrong_character_is_always_noticed(long seed) {
        var random = new SplittableRandom(seed);
        String text = PERSON.encode();
        for (int i = 0; i < 50; i++) {
            int at = 3 + random.nextInt(text.length() - 3);
            char wrong = "0123456789abcdefghjkmnpqrstvwxyz".charAt(random.nextInt(32));
            String changed = text.substring(0, at) + wrong + text.substring(at + 1);
            if (!changed.equals(text)) {
                assertThatThrownBy(() -> PersonAddress.parse(changed))
                        .isInstanceOf(BadAddressException.class)
                        .hasMessageContaining("checksum does not fit");
            }
        }
    }

    @Test
    void a_truncated_address_says_so_at_every_length() {
        String text = PERSON.encode();
        for (int length = 3; length < text.length(); length++) {
            assertPersonRefused(text.substring(0, length), "is cut short: it has " + length + " of 115 characters");
        }
    }

    @Test
    void each_mistake_has_its_own_words() {
        String text = PERSON.encode();
        assertPersonRefused("", "there is no address");
        assertPersonRefused(" \n", "there is no address");
        assertPersonRefused("bob", "is not a person's address, which begins with pvp");
        assertPersonRefused(text + "0", "too long");
        assertPersonRefused(text.substring(0, 50) + " " + text.substring(50), "a space or a line break");
        assertPersonRefused(text.substring(0, 50) + "\n" + text.substring(50), "a space or a line break");
        assertPersonRefused(text.substring(0, 49) + "!" + text.substring(50), "character 50 is one that no address");
        assertPersonRefused(text.substring(0, 49) + "é" + text.substring(50), "character 50 is one that no address");
    }

    @Test
    void the_wrong_network_is_named() {
        assertThatThrownBy(() -> PersonAddress.parse(PERSON.encode(), NetworkId.MAIN))
                .hasMessageContaining("belongs to the network dev, but this node is on main");
        assertThatThrownBy(() -> JoinAddress.parse(NODE.encode(), NetworkId.MAIN))
                .hasMessageContaining("belongs to the network dev, but this node is on main");
    }

    @Test
    void a_node_pasted_for_a_person_is_recognised_and_the_other_way_round() {
        assertPersonRefused(NODE.encode(), "this names a node (it is what --join takes), not a person");
        assertPersonRefused(NODE.encodeKey(), "this names a node");
        assertPersonRefused("somebody@127.0.0.1:4000", "this names a node");
        assertNodeRefused(PERSON.encode(), "this is a person's address (it is what 'privatus add' takes)");
        assertNodeRefused(PERSON.encode() + "@127.0.0.1:4000", "this is a person's address");
    }

    @Test
    void each_mistake_in_a_nodes_address_has_its_own_words() {
        String key = NODE.encodeKey();
        assertNodeRefused("", "there is no address");
        assertNodeRefused("127.0.0.1:4000", "is not a node's KEY, which begins with pvn");
        assertNodeRefused(key, "has no @HOST:PORT: it must read KEY@HOST:PORT");
        assertNodeRefused(key + "@127.0.0.1", "has no port");
        assertNodeRefused(key + "@:4000", "no valid host");
        assertNodeRefused(key + "@a b:4000", "no valid host");
        assertNodeRefused(key + "@-x:4000", "no valid host");
        assertNodeRefused(key + "@::1:4000", "no valid host");
        assertNodeRefused(key + "@[1.2.3.4]:4000", "no valid host");
        assertNodeRefused(key + "@1.2.3.400:4000", "no valid host");
        assertNodeRefused(key + "@a@b:4000", "no valid host");
        assertNodeRefused(key + "@127.0.0.1:0", "not between 1 and 65535");
        assertNodeRefused(key + "@127.0.0.1:x", "not between 1 and 65535");
        assertNodeRefused(key.substring(1) + "@127.0.0.1:4000", "is not a node's KEY");
        assertNodeRefused(
                key.substring(0, 80) + "@127.0.0.1:4000", "the KEY of this node is cut short: it has 80 of 91");
        assertNodeRefused(key + "0@127.0.0.1:4000", "the KEY of this node is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:4000", "[2001:db8::1]:65535"})
    void an_endpoint_becomes_a_join_address_and_back(String text) throws BadAddressException {
        Contact contact = new Contact(NODE.key(), NODE.proof(), 0, Endpoint.parse(text));
        JoinAddress address = JoinAddress.of(NetworkId.DEV, contact);
        assertThat(address.encode()).endsWith("@" + text);
        JoinAddress read = JoinAddress.parse(address.encode(), NetworkId.DEV);
        assertThat(read.contact(read.endpoint().orElseThrow())).isEqualTo(contact);
    }

    @Test
    void neither_text_nor_messages_show_a_person() {
        assertThat(PERSON).hasToString("PersonAddress");
        assertThat(PERSON.secret()).hasToString("AddressSecret");
        String text = PERSON.encode();
        assertThatThrownBy(() -> PersonAddress.parse(text.substring(0, 100)))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(text.substring(3, 20)));
    }

    @Test
    void the_binary_form_is_66_bytes() throws Exception {
        WireWriter out = WireWriter.allocate(100);
        PERSON.write(out);
        assertThat(out.position()).isEqualTo(PersonAddress.LENGTH).isEqualTo(66);
        assertThat(PersonAddress.read(new WireReader(out.toBytes()))).isEqualTo(PERSON);
        CodecChecks.refusesEveryTruncation(out.toBytes(), bytes -> PersonAddress.read(new WireReader(bytes)));
    }

    private static void assertPersonRefused(String text, String words) {
        assertThatThrownBy(() -> PersonAddress.parse(text))
                .isInstanceOf(BadAddressException.class)
                .hasMessageContaining(words);
    }

    private static void assertNodeRefused(String text, String words) {
        assertThatThrownBy(() -> JoinAddress.parse(text))
                .isInstanceOf(BadAddressException.class)
                .hasMessageContaining(words);
    }

    private static PersonAddress person(long seed, NetworkId network) {
        var random = new SplittableRandom(seed);
        return new PersonAddress(network, PersonKey.of(bytes(random, 32)), AddressSecret.of(bytes(random, 32)));
    }

    private static JoinAddress node(long seed, String host, int port) {
        var random = new SplittableRandom(seed);
        NodeKey key = NodeKey.of(bytes(random, 32));
        return new JoinAddress(NetworkId.DEV, key, PuzzleProof.of(bytes(random, 16)), host, port);
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
