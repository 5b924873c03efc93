package org.privatus.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.testing.CodecChecks;
import org.privatus.testing.Seeded;

class ContactTest {
    private static final NodeKey KEY = NodeKey.of(NodeIdTest.filled(32, 7));
    private static final PuzzleProof PROOF = PuzzleProof.of(NodeIdTest.filled(16, 8));
    private static final Contact IPV4 = new Contact(KEY, PROOF, Contact.RELAYS, Endpoint.parse("1.2.3.4:5"));
    private static final Contact IPV6 = new Contact(KEY, PROOF, 0, Endpoint.parse("[2001:db8::1]:5"));

    @Test
    void a_contact_is_55_bytes_with_ipv4_and_67_with_ipv6() throws MalformedPacketException {
        assertThat(encoded(IPV4)).hasSize(55);
        assertThat(encoded(IPV6)).hasSize(67);
        assertThat(decode(encoded(IPV4))).isEqualTo(IPV4).hasSameHashCodeAs(IPV4);
        assertThat(decode(encoded(IPV6))).isEqualTo(IPV6);
    }

    @Test
    void flag_0_follows_the_endpoint_and_others_are_kept() {
        assertThat(IPV4.flags()).isEqualTo(Contact.RELAYS);
        assertThat(IPV6.flags()).isEqualTo(Contact.IPV6);
        assertThat(IPV4.at(IPV6.endpoint()).flags()).isEqualTo(Contact.IPV6 | Contact.RELAYS);
        assertThat(new Contact(KEY, PROOF, 0xff, IPV4.endpoint()).flags()).isEqualTo(0xfe);
        assertThat(IPV4.relays()).isTrue();
        assertThat(IPV6.relays()).isFalse();
    }

    @Test
    void the_id_follows_from_key_and_proof() {
        assertThat(IPV4.id())
                .isEqualTo(NodeId.of(PROOF, KEY))
                .isSameAs(IPV4.id())
                .isEqualTo(IPV6.id());
    }

    @Test
    void a_truncated_contact_is_refused_at_every_length() {
        CodecChecks.refusesEveryTruncation(encoded(IPV4), ContactTest::decode);
        CodecChecks.refusesEveryTruncation(encoded(IPV6), ContactTest::decode);
    }

    @Seeded
    void noise_is_refused_or_read(long seed) {
        CodecChecks.survivesNoise(seed, encoded(IPV6), ContactTest::decode);
    }

    private static byte[] encoded(Contact contact) {
        WireWriter out = WireWriter.allocate(contact.length());
        contact.write(out);
        return out.toBytes();
    }

    private static Contact decode(byte[] bytes) throws MalformedPacketException {
        return Contact.read(new WireReader(bytes));
    }
}
