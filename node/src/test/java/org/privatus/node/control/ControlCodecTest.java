package org.privatus.node.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.node.control.ControlCodec.BadLineException;
import org.privatus.testing.Seeded;

class ControlCodecTest {
    static Stream<ControlRequest> requests() {
        return Stream.of(
                new ControlRequest.Identify(true),
                new ControlRequest.AddContact("bob", "pvp0"),
                new ControlRequest.Contacts(),
                new ControlRequest.Rename("bob", "robert"),
                new ControlRequest.Remove("bob"),
                new ControlRequest.Block("bob"),
                new ControlRequest.Send("bob", "zeile 1\nzeile 2 \u202e 漢字 🙂", 30_000),
                new ControlRequest.Inbox(-1, 50),
                new ControlRequest.Follow(17),
                new ControlRequest.Outbox(9),
                new ControlRequest.Requests(),
                new ControlRequest.Accept("3f", "carol"),
                new ControlRequest.Reject("3f"),
                new ControlRequest.Status(),
                new ControlRequest.Why("bob"),
                new ControlRequest.Stop(),
                new ControlRequest.Version());
    }

    static Stream<ControlReply> replies() {
        var message = new MessageView(1, "ab", "bob", false, 2, 3, 0, "hi");
        var attempt = new AttemptView(1, "ok", 2, List.of(new AttemptView.Step("circuit", "ok", 1, "")));
        return Stream.of(
                new ControlReply.Address("pvp0"),
                new ControlReply.Done("done"),
                new ControlReply.Contacts(List.of(new ContactView("bob", "pvp0", "contact", true, false, 1, 2))),
                new ControlReply.Messages(List.of(message), 1),
                new ControlReply.Message(message),
                new ControlReply.Requests(List.of(new RequestView("3f", "pvp1", 1, 2, "hello"))),
                new ControlReply.Status(PaperNode.status()),
                new ControlReply.Attempts("bob", List.of(attempt)),
                new ControlReply.Acknowledged("ab", 420, List.of("a", "b"), "c"),
                new ControlReply.Queued("ab", 420, "nobody there"),
                new ControlReply.Version("1", "Java 25"),
                new ControlReply.Failed(ControlReply.Failed.Kind.LOCKED, "locked", "unlock"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requests_come_back(ControlRequest request) throws BadLineException {
        assertThat(ControlCodec.request(ControlCodec.encode(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void replies_come_back(ControlReply reply) throws BadLineException {
        assertThat(ControlCodec.reply(ControlCodec.encode(reply))).isEqualTo(reply);
    }

    @Test
    void every_kind_is_among_these_examples() {
        assertThat(requests().map(Object::getClass).distinct())
                .hasSameSizeAs(ControlRequest.class.getPermittedSubclasses());
        assertThat(replies().map(Object::getClass).distinct())
                .hasSameSizeAs(ControlReply.class.getPermittedSubclasses());
    }

    @Test
    void a_line_is_printable_ascii_whatever_the_text() {
        byte[] line = ControlCodec.encode(new ControlRequest.Send("bob", "\n\u001b[2J\u202e漢", 1));
        for (byte octet : line) {
            assertThat(octet).isBetween((byte) ' ', (byte) '~');
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_cut_short_anywhere_is_refused(ControlRequest request) {
        byte[] line = ControlCodec.encode(request);
        for (int length = 0; length < line.length; length++) {
            byte[] cut = Arrays.copyOf(line, length);
            assertThatThrownBy(() -> ControlCodec.request(cut)).isInstanceOf(BadLineException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "{\"type\":\"\"}",
                "{\"type\":\"java.lang.Runtime\"}",
                "{\"type\":\"send\"}",
                "{\"type\":\"send\",\"name\":\"bob\",\"text\":null,\"timeoutMillis\":1}",
                "{\"type\":\"send\",\"name\":\"bob\",\"text\":\"x\",\"timeoutMillis\":null}",
                "{\"type\":\"stop\",\"really\":true}",
                "{\"type\":\"stop\"}{\"type\":\"stop\"}",
                "{\"type\":\"why\",\"name\":\"a\",\"name\":\"b\"}",
                "{\"type\":\"inbox\",\"afterSequence\":99999999999999999999,\"limit\":1}",
                "{\"type\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"
            })
    void what_is_no_request_is_refused(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ControlCodec.request(bytes)).isInstanceOf(BadLineException.class);
    }

    @Test
    void a_newer_nodes_reply_may_hold_more() throws BadLineException {
        String line = "{\"type\":\"done\",\"message\":\"ok\",\"new\":{\"a\":[1,2]}}";
        assertThat(ControlCodec.reply(line.getBytes(StandardCharsets.UTF_8))).isEqualTo(new ControlReply.Done("ok"));
    }

    @Seeded(200)
    void random_bytes_are_refused_quietly(long seed) {
        var random = new Random(seed);
        byte[] line = random.nextBoolean()
                ? new byte[random.nextInt(200)]
                : ControlCodec.encode(new ControlRequest.Send("bob", "hello", 1));
        for (int i = 0; i < line.length; i++) {
            if (random.nextInt(4) == 0) {
                line[i] = (byte) random.nextInt();
            }
        }
        try {
            assertThat(ControlCodec.request(line)).isNotNull();
        } catch (BadLineException e) {
            assertThat(e).hasNoCause();
        }
    }
}
