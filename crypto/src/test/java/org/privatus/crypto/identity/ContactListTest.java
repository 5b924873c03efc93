package org.privatus.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class ContactListTest {
    private static final int BEFORE = 3;

    private static final Contact IPV4 = contact(7, "1.2.3.4:5");
    private static final Contact IPV6 = contact(8, "[2001:db8::1]:5");
    private static final List<Contact> CONTACTS =
            List.of(IPV4, IPV6, contact(7, "1.2.3.4:6"), contact(9, "50.2.3.4:5"), contact(8, "[2001:db8::2]:5"));

    private static Contact contact(int key, String endpoint) {
        return new Contact(
                NodeKey.of(NodeIdTest.filled(32, key)),
                PuzzleProof.of(NodeIdTest.filled(16, 8)),
                Contact.RELAYS,
                Endpoint.parse(endpoint));
    }

    @Test
    void what_was_written_is_read_wherever_it_stands() throws MalformedPacketException {
        byte[] bytes = encoded();
        ContactList read = ContactList.read(bytes, BEFORE, CONTACTS.size());
        assertThat(read).isEqualTo(CONTACTS).isEqualTo(ContactList.of(CONTACTS));
        assertThat(read.length()).isEqualTo(bytes.length - BEFORE - 1);
        assertThat(ContactList.read(bytes, BEFORE, 1)).containsExactly(IPV4);
        assertThat(ContactList.read(bytes, 0, 0)).isEmpty();
    }

    @Test
    void it_compares_as_its_contacts_do() throws MalformedPacketException {
        ContactList read = ContactList.read(encoded(), BEFORE, CONTACTS.size());
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.nodeHash(i)).isEqualTo(CONTACTS.get(i).nodeHash());
            assertThat(read.endpoint(i)).isEqualTo(CONTACTS.get(i).endpoint());
            for (Contact other : CONTACTS) {
                assertThat(read.isNodeOf(i, other)).isEqualTo(CONTACTS.get(i).isNodeOf(other));
                assertThat(read.isAtEndpointOf(i, other))
                        .isEqualTo(CONTACTS.get(i).isAtEndpointOf(other));
            }
        }
    }

    @Test
    void a_node_is_told_from_one_that_differs_in_any_byte() throws MalformedPacketException {
        byte[] bytes = encoded();
        for (int at = BEFORE; at < BEFORE + 48; at++) {
            bytes[at] ^= 1;
            assertThat(ContactList.read(bytes, BEFORE, 1).isNodeOf(0, IPV4)).isFalse();
            bytes[at] ^= 1;
        }
        assertThat(ContactList.read(bytes, BEFORE, 1).isNodeOf(0, IPV4)).isTrue();
    }

    @Test
    void one_that_nobody_can_be_reached_at_spoils_all() {
        byte[] bytes = encoded();
        bytes[BEFORE + IPV4.length() - 1] = 0;
        assertThatThrownBy(() -> ContactList.read(bytes, BEFORE, 2))
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(MalformedPacketException.Reason.BAD_VALUE));
    }

    @Test
    void a_truncated_one_is_refused_at_every_length() {
        CodecChecks.refusesEveryTruncation(written(), bytes -> ContactList.read(bytes, 0, CONTACTS.size()));
    }

    @Seeded
    void noise_is_refused_or_read(long seed) {
        CodecChecks.survivesNoise(seed, written(), bytes -> ContactList.read(bytes, 0, CONTACTS.size()));
    }

    /// Three bytes, the contacts, one byte.
    private static byte[] encoded() {
        return WireWriter.allocate(BEFORE + written().length + 1)
                .zeros(BEFORE)
                .bytes(written())
                .u8(1)
                .toBytes();
    }

    private static byte[] written() {
        WireWriter out =
                WireWriter.allocate(CONTACTS.stream().mapToInt(Contact::length).sum());
        CONTACTS.forEach(contact -> contact.write(out));
        return out.toBytes();
    }
}
