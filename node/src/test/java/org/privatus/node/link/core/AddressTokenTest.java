package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.PacketLayout;

class AddressTokenTest {
    private static final long HOUR = 3_600 * SECOND;

    private final TwoPeers world = new TwoPeers(1);
    private final Peer a = world.a;
    private final Peer b = world.b;
    private long requests;

    private byte[] ask(int length) {
        long id = requests++;
        a.links.request(id, b.contact(), new byte[length], false, world.now());
        world.runUntil(7 * SECOND, () -> a.answers.containsKey(id));
        return messages1().getLast().bytes();
    }

    private List<Wire.Datagram> messages1() {
        return world.wire.log().stream()
                .filter(d -> d.kind() == PacketLayout.MESSAGE_1)
                .toList();
    }

    @Test
    void the_first_question_to_a_peer_is_padded_and_the_next_ones_are_short() {
        b.answering = body -> new byte[Links.MAX_ANSWER];
        assertThat(ask(40)).hasSize(1_232);
        assertThat(ask(40)).hasSize(256);
        assertThat(ask(40)).hasSize(256);
        assertThat(a.answers.values()).hasSize(3).allMatch(answer -> answer.length == Links.MAX_ANSWER);
    }

    @Test
    void short_messages_have_few_lengths() {
        b.answering = body -> new byte[1];
        ask(1);
        assertThat(List.of(ask(148), ask(149), ask(900), ask(1_000)))
                .extracting(message -> message.length)
                .containsExactly(256, 512, 1_024, 1_232);
        assertThat(ask(Links.MAX_REQUEST)).hasSize(1_232);
    }

    @Test
    void a_dial_that_becomes_a_link_may_be_short_too() {
        ask(1);
        long channel = world.openChannel(a, b);
        world.runUntil(SECOND, () -> a.credit.containsKey(channel) && b.inbound.size() == 1);
        assertThat(messages1().getLast().bytes()).hasSize(256);
    }

    @Test
    void a_short_message_from_elsewhere_gets_no_answer() {
        ask(1);
        byte[] shortOne = ask(1);
        int before = world.wire.log().size();
        b.links.onDatagram(Endpoint.parse("10.0.0.1:1002"), shortOne, world.now());
        b.links.onDatagram(Endpoint.parse("6.6.6.6:1001"), shortOne, world.now());
        world.runFor(SECOND);
        assertThat(world.wire.log()).hasSize(before);
        assertThat(b.links.statistics().dropped(DropReason.NOT_PADDED)).isEqualTo(2);
        assertThat(b.links.statistics().halfOpen()).isEqualTo(2);
        assertThat(b.asked).hasSize(2);
    }

    @Test
    void whoever_repeats_an_overheard_short_message_draws_eight_answers_at_most() {
        ask(1);
        byte[] shortOne = ask(1);
        int before = world.wire.log().size();
        for (int i = 0; i < 100; i++) {
            b.links.onDatagram(a.endpoint(), shortOne, world.now());
        }
        assertThat(world.wire.log()).hasSize(before + 7);
    }

    @Test
    void a_token_lives_through_one_change_of_the_secret_and_not_through_two() {
        ask(1);
        byte[] shortOne = ask(1);
        world.runFor(11 * HOUR);
        b.links.onDatagram(Endpoint.parse("9.9.9.9:9"), shortOne, world.now());
        world.runFor(2 * HOUR);
        int before = world.wire.log().size();
        b.links.onDatagram(a.endpoint(), shortOne, world.now());
        world.runFor(SECOND);
        assertThat(world.wire.log()).as("made of the secret before").hasSize(before + 1);
        world.runFor(12 * HOUR);
        b.links.onDatagram(a.endpoint(), shortOne, world.now());
        world.runFor(SECOND);
        assertThat(world.wire.log()).as("made of one before that").hasSize(before + 1);
    }

    @Test
    void a_token_that_a_restarted_peer_does_not_know_costs_a_second() {
        ask(1);
        b.restarted();
        long asked = world.now();
        b.restarted();
        byte[] last = askWithin(2 * SECOND);
        assertThat(last).hasSize(1_232);
        assertThat(messages1()).extracting(d -> d.bytes().length).containsExactly(1_232, 256, 256, 1_232);
        assertThat(world.now() - asked).isLessThan(1_500 * Wire.MILLISECOND);
    }

    private byte[] askWithin(long nanos) {
        long id = requests++;
        a.links.request(id, b.contact(), new byte[1], false, world.now());
        world.runUntil(nanos, () -> a.answers.containsKey(id));
        return messages1().getLast().bytes();
    }

    @Test
    void whoever_keeps_no_tokens_pads_every_message() {
        var without = new TwoPeers(1, Settings.with(settings -> settings.addressTokens = 0));
        for (long i = 0; i < 3; i++) {
            long id = i;
            without.a.links.request(id, without.b.contact(), new byte[1], false, without.now());
            without.runUntil(SECOND, () -> without.a.answers.containsKey(id));
        }
        assertThat(without.wire.log())
                .filteredOn(d -> d.kind() == PacketLayout.MESSAGE_1)
                .allMatch(d -> d.bytes().length == 1_232);
    }
}
