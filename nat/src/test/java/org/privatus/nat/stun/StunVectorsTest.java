package org.privatus.nat.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.testing.Vectors.bytes;
import static org.privatus.testing.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.nat.stun.ReceivedStun.Integrity;
import org.privatus.nat.stun.StunAttribute.Nonce;
import org.privatus.nat.stun.StunAttribute.Raw;
import org.privatus.nat.stun.StunAttribute.Realm;
import org.privatus.nat.stun.StunAttribute.Software;
import org.privatus.nat.stun.StunAttribute.Username;
import org.privatus.nat.stun.StunAttribute.XorMappedAddress;
import org.privatus.nat.stun.StunCodec.Protection;
import org.privatus.testing.Vectors;

/// The known answers of RFC 5769.
class StunVectorsTest {
    private static final StunKey SHORT_TERM = StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    @Test
    void section_2_1_sample_request() throws MalformedPacketException {
        ReceivedStun received = StunCodec.decode(hex("000100582112a442b7e7a701bc34d686fa87dfae"
                + "802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
                + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                + "80280004e57a3bcf"));
        StunMessage message = received.message();
        assertThat(message.kind()).isEqualTo(StunClass.REQUEST);
        assertThat(message.method()).isEqualTo(StunMessage.BINDING);
        assertThat(message.attributes())
                .containsExactly(
                        new Software("STUN test client"),
                        new Raw(StunAttribute.PRIORITY, hex("6e0001ff")),
                        new Raw(StunAttribute.ICE_CONTROLLED, hex("932ff9b151263b36")),
                        new Username("evtj:h6vY"));
        assertThat(received.isFingerprinted()).isTrue();
        assertThat(received.integrity(SHORT_TERM)).isEqualTo(Integrity.VALID);
        assertThat(received.integrity(StunKey.shortTerm("another"))).isEqualTo(Integrity.INVALID);
        assertThat(message.unknownRequired(type -> false)).containsExactly(StunAttribute.PRIORITY);
        assertThat(message.unknownRequired(type -> type == StunAttribute.PRIORITY))
                .isEmpty();
    }

    @Test
    void section_2_2_sample_ipv4_response() throws MalformedPacketException {
        ReceivedStun received = StunCodec.decode(hex("0101003c2112a442b7e7a701bc34d686fa87dfae"
                + "8022000b7465737420766563746f7220002000080001a147e112a643"
                + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96"));
        assertThat(received.message().kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(received.message().attributes())
                .containsExactly(new Software("test vector"), new XorMappedAddress(Endpoint.parse("192.0.2.1:32853")));
        assertThat(received.integrity(SHORT_TERM)).isEqualTo(Integrity.VALID);
    }

    @Test
    void section_2_3_sample_ipv6_response() throws MalformedPacketException {
        ReceivedStun received = StunCodec.decode(hex("010100482112a442b7e7a701bc34d686fa87dfae"
                + "8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
                + "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c"));
        assertThat(received.message().first(XorMappedAddress.class))
                .contains(new XorMappedAddress(Endpoint.parse("[2001:db8:1234:5678:11:2233:4455:6677]:32853")));
        assertThat(received.integrity(SHORT_TERM)).isEqualTo(Integrity.VALID);
    }

    @Test
    void section_2_4_sample_request_with_long_term_authentication() throws MalformedPacketException {
        byte[] published = hex("000100602112a44278ad3433c6ad72c029da412e"
                + "00060012e3839ee38388e383aae38383e382afe382b90000"
                + "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
                + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");
        String user = "マトリックス";
        StunKey key = StunKey.longTermMd5(user, "example.org", "TheMatrIX");
        ReceivedStun received = StunCodec.decode(published);
        assertThat(received.integrity(key)).isEqualTo(Integrity.VALID);
        assertThat(received.isFingerprinted()).isFalse();
        var request = StunMessage.bindingRequest(
                received.message().id(),
                new Username(user),
                new Nonce("f//499k954d6OL34oL9FSTvy64sA"),
                new Realm("example.org"));
        assertThat(received.message()).isEqualTo(request);
        assertThat(StunCodec.encode(request, key, EnumSet.of(Protection.INTEGRITY_SHA1)))
                .isEqualTo(published);
    }

    @Test
    void every_message_of_the_file_is_read_checked_and_written_again() throws MalformedPacketException {
        for (JsonNode vector : Vectors.read("rfc/rfc5769_stun.json").required("messages")) {
            String reference = vector.required("ref").asText();
            byte[] published = bytes(vector, "message");
            StunKey key = keyOf(vector);
            assertThat(StunCodec.looksLikeStun(published, 0, published.length)).isTrue();
            ReceivedStun received = StunCodec.decode(published);
            assertThat(received.integrity(key)).as(reference).isEqualTo(Integrity.VALID);
            assertThat(typesOf(received)).as(reference).isEqualTo(publishedTypes(vector));
            var protections = EnumSet.of(Protection.INTEGRITY_SHA1);
            if (received.isFingerprinted()) {
                protections.add(Protection.FINGERPRINT);
            }
            ReceivedStun again = StunCodec.decode(StunCodec.encode(received.message(), key, protections));
            assertThat(again.message()).as(reference).isEqualTo(received.message());
            assertThat(again.integrity(key)).as(reference).isEqualTo(Integrity.VALID);
        }
    }

    private static StunKey keyOf(JsonNode vector) {
        if (vector.required("credential").asText().equals("short-term")) {
            return StunKey.shortTerm(vector.required("password").asText());
        }
        String user = new String(bytes(vector, "username_utf8"), StandardCharsets.UTF_8);
        return StunKey.longTermMd5(
                user,
                vector.required("realm").asText(),
                vector.required("password_after_saslprep").asText());
    }

    private static List<Integer> typesOf(ReceivedStun received) {
        return received.message().attributes().stream().map(StunAttribute::type).toList();
    }

    private static List<Integer> publishedTypes(JsonNode vector) {
        var types = new ArrayList<Integer>();
        for (JsonNode attribute : vector.required("attributes")) {
            types.add(Integer.parseInt(attribute.required("type").asText(), 16));
        }
        types.removeAll(List.of(StunAttribute.MESSAGE_INTEGRITY, StunAttribute.FINGERPRINT));
        return types;
    }
}
