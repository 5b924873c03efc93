package org.privatus.dht.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Held;
import org.privatus.dht.message.DhtAnswer.Pong;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.FindValue;
import org.privatus.dht.message.DhtRequest.Ping;
import org.privatus.dht.message.DhtRequest.Store;
import org.privatus.dht.world.Samples;
import org.privatus.testing.Seeded;

class DhtCodecTest {
    private final Samples samples = new Samples(5);

    @Seeded
    void what_was_written_is_read(long seed) throws MalformedPacketException {
        var drawn = new Samples(seed);
        for (DhtRequest request : requests(drawn)) {
            byte[] body = DhtCodec.encode(request);
            assertThat(DhtCodec.readRequest(body)).isEqualTo(request);
            assertThat(body.length).isLessThanOrEqualTo(DhtCodec.MAX_REQUEST);
        }
        for (DhtAnswer answer : answers(drawn)) {
            byte[] body = DhtCodec.encode(answer);
            assertThat(DhtCodec.readAnswer(body)).isEqualTo(answer);
            assertThat(body.length).isLessThanOrEqualTo(DhtCodec.MAX_ANSWER);
        }
    }

    @Test
    void the_layout_is_as_documented() {
        var store = new Store(new Value(Value.Kind.SIGNED, new byte[] {7, 8}), OptionalLong.of(5));
        assertThat(hex(DhtCodec.encode(store))).isEqualTo("0401010000000000000005" + "0708");
        assertThat(hex(DhtCodec.encode(new Ping()))).isEqualTo("01");
        assertThat(hex(DhtCodec.encode(new Pong()))).isEqualTo("81");
        assertThat(hex(DhtCodec.encode(new StoreResult(Status.CONFLICT, 9)))).isEqualTo("8402" + "0000000000000009");
        assertThat(hex(DhtCodec.encode(new Held(new Value(Value.Kind.DESCRIPTOR, new byte[] {1})))))
                .isEqualTo("830201");
        var target = NodeId.of(new byte[32]);
        assertThat(hex(DhtCodec.encode(new FindNode(target)))).isEqualTo("02" + "00".repeat(32));
        assertThat(hex(DhtCodec.encode(new FindValue(target)))).isEqualTo("03" + "00".repeat(32));
    }

    @Test
    void an_answer_holds_20_contacts_of_ipv4_or_16_of_ipv6_and_fits_the_second_message()
            throws MalformedPacketException {
        assertThat(roundTrip(30, "50.1.2.3")).isEqualTo(20);
        assertThat(roundTrip(30, "[2a00::1]")).isEqualTo(16);
        assertThat(DhtCodec.MAX_ANSWER).isEqualTo(1_102);
    }

    private int roundTrip(int count, String address) throws MalformedPacketException {
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < count; i++) {
            contacts.add(samples.contact(address));
        }
        byte[] body = DhtCodec.encodeContacts(contacts);
        assertThat(body.length).isLessThanOrEqualTo(DhtCodec.MAX_ANSWER);
        List<Contact> read = ((Contacts) DhtCodec.readAnswer(body)).contacts();
        assertThat(read).isEqualTo(contacts.subList(0, read.size()));
        return read.size();
    }

    @Test
    void nothing_cut_short_is_taken_for_the_whole() {
        for (DhtRequest request : requests(samples)) {
            byte[] body = DhtCodec.encode(request);
            for (int length = 0; length < body.length; length++) {
                byte[] cut = Arrays.copyOf(body, length);
                assertNotRead(() -> DhtCodec.readRequest(cut), request);
            }
        }
        for (DhtAnswer answer : answers(samples)) {
            byte[] body = DhtCodec.encode(answer);
            for (int length = 0; length < body.length; length++) {
                byte[] cut = Arrays.copyOf(body, length);
                assertNotRead(() -> DhtCodec.readAnswer(cut), answer);
            }
        }
    }

    /// A record says itself where it ends, so a shorter one may be read here; it is another one.
    private static void assertNotRead(Reading reading, Object original) {
        try {
            assertThat(reading.read()).isNotEqualTo(original);
        } catch (MalformedPacketException e) {
            assertThat(e.reason()).isIn(Reason.TRUNCATED, Reason.BAD_VALUE);
        }
    }

    private interface Reading {
        Object read() throws MalformedPacketException;
    }

    @Seeded(500)
    void random_bytes_are_read_or_refused_and_nothing_else(long seed) {
        var drawn = new Samples(seed);
        for (int i = 0; i < 50; i++) {
            byte[] body = drawn.bytes(drawn.random().nextInt(1_300));
            if (body.length > 0 && drawn.random().nextBoolean()) {
                body[0] = (byte) (drawn.random().nextInt(1, 5) | (drawn.random().nextBoolean() ? 0x80 : 0));
            }
            survive(() -> DhtCodec.readRequest(body));
            survive(() -> DhtCodec.readAnswer(body));
        }
    }

    private static void survive(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (MalformedPacketException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @Test
    void bytes_behind_the_end_are_refused() {
        byte[] body = Arrays.copyOf(DhtCodec.encode(new Ping()), 2);
        assertThatThrownBy(() -> DhtCodec.readRequest(body)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void a_record_above_1000_bytes_is_refused() {
        byte[] body = new byte[2 + 1_001];
        body[0] = (byte) 0x83;
        body[1] = 1;
        assertThatThrownBy(() -> DhtCodec.readAnswer(body)).isInstanceOf(MalformedPacketException.class);
    }

    private static List<DhtRequest> requests(Samples drawn) {
        return List.of(
                new Ping(),
                new FindNode(drawn.id()),
                new FindValue(drawn.id()),
                new Store(value(drawn), OptionalLong.empty()),
                new Store(value(drawn), OptionalLong.of(drawn.random().nextLong())));
    }

    private static List<DhtAnswer> answers(Samples drawn) {
        return List.of(
                new Pong(),
                new Contacts(contacts()),
                new Contacts(contacts(drawn.contact(), drawn.contact("[2a00:1::2]"), drawn.contact())),
                new Held(value(drawn)),
                new StoreResult(Status.BUSY, drawn.random().nextLong()));
    }

    private static ContactList contacts(Contact... contacts) {
        return ContactList.of(List.of(contacts));
    }

    private static Value value(Samples drawn) {
        Value.Kind kind = drawn.random().nextBoolean() ? Value.Kind.SIGNED : Value.Kind.DESCRIPTOR;
        return new Value(kind, drawn.bytes(drawn.random().nextInt(1, Value.MAX_LENGTH + 1)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
