package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.testing.Seeded;

class HandshakeTest {
    private final TwoPeers world = new TwoPeers(1);
    private final Peer a = world.a;
    private final Peer b = world.b;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Wire.Datagram> kind(TwoPeers world, int kind) {
        return world.wire.log().stream().filter(d -> d.kind() == kind).toList();
    }

    /// Bytes to each address that has not shown a finished handshake never exceed those from it, at any time.
    private static void assertNothingAmplified(TwoPeers world) {
        Map<Endpoint, Long> balance = new LinkedHashMap<>();
        for (Wire.Datagram datagram : world.wire.log()) {
            if (datagram.kind() == PacketLayout.MESSAGE_1) {
                balance.merge(datagram.from(), (long) datagram.bytes().length, Long::sum);
            } else if (datagram.kind() == PacketLayout.MESSAGE_2) {
                long left = balance.merge(datagram.to(), -(long) datagram.bytes().length, Long::sum);
                assertThat(left).isNotNegative();
            }
        }
    }

    @Test
    void message_1_has_its_full_length_whatever_it_asks() {
        b.answering = body -> new byte[1];
        a.links.request(1, b.contact(), new byte[0], false, world.now());
        a.links.request(2, b.contact(), new byte[Links.MAX_REQUEST], false, world.now());
        world.runUntil(SECOND, () -> a.answers.size() == 2);
        assertThat(kind(world, PacketLayout.MESSAGE_1)).hasSize(2).allMatch(d -> d.bytes().length == 1_232);
        assertThat(b.asked).last().satisfies(body -> assertThat(body).hasSize(Links.MAX_REQUEST));
    }

    @Test
    void the_longest_answer_fits_and_a_longer_one_is_a_bug() {
        b.answering = body -> new byte[Links.MAX_ANSWER];
        a.links.request(1, b.contact(), text("?"), false, world.now());
        world.runUntil(SECOND, () -> a.answers.containsKey(1L));
        assertThat(a.answers.get(1L)).hasSize(Links.MAX_ANSWER);
        assertNothingAmplified(world);
        assertThatThrownBy(() -> b.links.answer(99, new byte[Links.MAX_ANSWER + 1], world.now()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> a.links.request(3, b.contact(), new byte[Links.MAX_REQUEST + 1], false, world.now()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twenty_contacts_fit_into_an_answer() {
        assertThat(Links.MAX_ANSWER).isGreaterThanOrEqualTo(20 * Contact.IPV4_LENGTH + 2);
        assertThat(Links.MAX_ANSWER).isGreaterThanOrEqualTo(16 * Contact.IPV6_LENGTH + 10);
    }

    @Test
    void whoever_does_not_know_our_key_gets_silence() {
        Contact wrongKey = world.another("10.0.0.3:3").contact().at(b.endpoint());
        a.links.request(1, wrongKey, text("?"), false, world.now());
        world.runUntil(10 * SECOND, () -> !a.failed.isEmpty());
        assertThat(a.failed).containsExactly(1L);
        assertThat(world.wire.log()).allMatch(d -> d.from().equals(a.endpoint()));
        assertThat(b.links.statistics().dropped(DropReason.BAD_MAC1)).isEqualTo(7);
        assertThat(b.links.statistics().halfOpen()).isZero();
    }

    @Test
    void another_network_is_as_silent() {
        byte[] datagram = new byte[PacketLayout.MESSAGE_1_LENGTH];
        datagram[0] = (byte) PacketLayout.MESSAGE_1;
        datagram[1] = 2;
        b.links.onDatagram(a.endpoint(), datagram, world.now());
        assertThat(b.links.statistics().dropped(DropReason.BAD_VERSION)).isEqualTo(1);
    }

    @Test
    void the_version_cannot_be_changed_on_the_way() {
        world.wire.swallow = d -> {
            boolean first = d.kind() == PacketLayout.MESSAGE_1;
            if (first) {
                byte[] other = d.bytes().clone();
                other[PacketLayout.VERSION_OFFSET] ^= 3;
                world.wire.deliver(new Wire.Datagram(d.from(), d.to(), other), Wire.MILLISECOND);
            }
            return first;
        };
        a.links.request(1, b.contact(), text("?"), false, world.now());
        world.runUntil(10 * SECOND, () -> !a.failed.isEmpty());
        assertThat(b.links.statistics().dropped(DropReason.BAD_VERSION)).isEqualTo(7);
        assertThat(world.wire.log()).allMatch(d -> d.from().equals(a.endpoint()));
    }

    @Test
    void message_1_that_is_not_padded_is_dropped() {
        a.links.request(1, b.contact(), text("?"), false, world.now());
        world.runUntil(SECOND, () -> !world.wire.log().isEmpty());
        byte[] message = world.wire.log().getFirst().bytes();
        b.links.onDatagram(a.endpoint(), Arrays.copyOf(message, message.length - 1), world.now());
        assertThat(b.links.statistics().dropped(DropReason.NOT_PADDED)).isEqualTo(1);
    }

    @Test
    void a_repeat_has_the_same_bytes_and_gets_the_stored_message_2() {
        int[] seen = {0};
        world.wire.swallow = d -> d.kind() == PacketLayout.MESSAGE_2 && seen[0]++ == 0;
        a.links.request(1, b.contact(), text("?"), false, world.now());
        world.runUntil(2 * SECOND, () -> a.answers.containsKey(1L));

        List<Wire.Datagram> firsts = kind(world, PacketLayout.MESSAGE_1);
        List<Wire.Datagram> seconds = kind(world, PacketLayout.MESSAGE_2);
        assertThat(firsts).hasSize(2);
        assertThat(firsts.get(1).bytes()).isEqualTo(firsts.get(0).bytes());
        assertThat(seconds).hasSize(2);
        assertThat(seconds.get(1).bytes()).isEqualTo(seconds.get(0).bytes());
        assertThat(b.asked).hasSize(1);
        assertNothingAmplified(world);
    }

    @Test
    void another_request_takes_another_handshake() {
        a.links.request(1, b.contact(), text("x"), false, world.now());
        a.links.request(2, b.contact(), text("x"), false, world.now());
        world.runUntil(SECOND, () -> a.answers.size() == 2);
        List<Wire.Datagram> firsts = kind(world, PacketLayout.MESSAGE_1);
        assertThat(Arrays.copyOfRange(firsts.get(0).bytes(), 10, 42))
                .isNotEqualTo(Arrays.copyOfRange(firsts.get(1).bytes(), 10, 42));
    }

    @Test
    void a_cancelled_question_leaves_nothing_behind() {
        b.answering = body -> null;
        a.links.request(1, b.contact(), text("?"), false, world.now());
        world.runFor(100 * Wire.MILLISECOND);
        a.links.cancel(1, world.now());
        assertThat(a.links.statistics().dials()).isZero();
        assertThat(a.links.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        world.runFor(20 * SECOND);
        assertThat(a.failed).isEmpty();
        assertThat(b.links.statistics().halfOpen()).isZero();
    }

    @Test
    void half_open_handshakes_are_bounded_and_the_oldest_goes_first() {
        var small = new TwoPeers(2, Settings.with(settings -> settings.halfOpenLimit = 3));
        for (int i = 0; i < 5; i++) {
            small.a.links.request(i, small.b.contact(), text("?"), false, small.now());
        }
        small.runUntil(SECOND, () -> small.a.answers.size() == 5);
        assertThat(small.b.links.statistics().halfOpen()).isEqualTo(3);
        small.runFor(11 * SECOND);
        assertThat(small.b.links.statistics().halfOpen()).isZero();
    }

    @Test
    void above_the_stated_rate_handshakes_are_dropped_before_any_agreement() {
        var small = new TwoPeers(2, Settings.with(settings -> settings.handshakesPerSecond = 2));
        for (int i = 0; i < 5; i++) {
            small.a.links.request(i, small.b.contact(), text("?"), false, small.now());
        }
        small.runFor(100 * Wire.MILLISECOND);
        assertThat(small.a.answers).hasSize(2);
        assertThat(small.b.links.statistics().dropped(DropReason.OVERLOADED)).isEqualTo(3);
    }

    @Test
    void dials_and_what_waits_for_them_are_bounded() {
        var small = new TwoPeers(2, Settings.with(settings -> {
            settings.dialLimit = 1;
            settings.waitingPerDial = 2;
        }));
        Peer other = small.another("10.0.0.3:3");
        small.a.links.request(1, small.b.contact(), text("?"), true, small.now());
        small.a.links.request(2, small.b.contact(), text("?"), true, small.now());
        small.a.links.request(3, small.b.contact(), text("?"), true, small.now());
        small.a.links.request(4, other.contact(), text("?"), true, small.now());
        long channel = small.openChannel(small.a, other);
        assertThat(small.a.failed).containsExactly(3L, 4L);
        assertThat(small.a.ended).containsEntry(channel, ChannelEnd.UNREACHABLE);
        small.runUntil(SECOND, () -> small.a.answers.size() == 2);
    }

    @Test
    void nobody_dials_himself() {
        a.links.request(1, a.contact(), text("?"), false, world.now());
        long channel = world.openChannel(a, a);
        assertThat(a.failed).containsExactly(1L);
        assertThat(a.ended).containsEntry(channel, ChannelEnd.UNREACHABLE);
    }

    @Test
    void a_forged_message_2_does_not_keep_the_true_one_from_being_read() {
        long[] forged = {0};
        world.wire.swallow = d -> {
            if (d.kind() == PacketLayout.MESSAGE_2 && forged[0]++ == 0) {
                byte[] wrong = d.bytes().clone();
                wrong[60] ^= 1;
                world.wire.deliver(new Wire.Datagram(d.from(), d.to(), wrong), Wire.MILLISECOND);
            }
            return false;
        };
        a.links.request(1, b.contact(), text("?"), true, world.now());
        world.runUntil(2 * SECOND, () -> a.answers.containsKey(1L));
        assertThat(a.links.statistics().dropped(DropReason.FORGED)).isEqualTo(1);
    }

    @Test
    void a_forged_message_3_does_not_keep_the_true_one_from_being_read() {
        long[] forged = {0};
        world.wire.swallow = d -> {
            if (d.kind() == PacketLayout.MESSAGE_3 && forged[0]++ == 0) {
                byte[] wrong = d.bytes().clone();
                wrong[80] ^= 1;
                world.wire.deliver(new Wire.Datagram(d.from(), d.to(), wrong), Wire.MILLISECOND);
            }
            return false;
        };
        a.links.request(1, b.contact(), text("?"), true, world.now());
        world.runUntil(2 * SECOND, () -> a.answers.containsKey(1L));
        assertThat(b.links.statistics().dropped(DropReason.FORGED)).isEqualTo(1);
    }

    /// Forged messages 2 and 3 before each true one, and as many after it.
    @Test
    void a_thousand_forged_messages_cost_no_job_and_do_not_keep_the_true_ones_from_being_read() {
        world.wire.swallow = d -> {
            boolean wanted = d.kind() == PacketLayout.MESSAGE_2 || d.kind() == PacketLayout.MESSAGE_3;
            for (int i = 0; wanted && i < 1_000; i++) {
                byte[] wrong = d.bytes().clone();
                wrong[10 + i % (wrong.length - 10)] ^= (byte) (1 + i % 200);
                world.wire.deliver(new Wire.Datagram(d.from(), d.to(), wrong), i * Wire.MILLISECOND / 25);
            }
            return false;
        };
        int[] jobs = {0};
        a.workers = now -> ++jobs[0] * Wire.MILLISECOND;
        b.workers = a.workers;
        a.links.request(1, b.contact(), text("?"), true, world.now());
        world.runUntil(2 * SECOND, () -> a.answers.containsKey(1L));
        assertThat(jobs[0])
                .as("message 1 written and read, message 2 and 3 read")
                .isEqualTo(4);
        assertThat(a.links.statistics().dropped(DropReason.FORGED)).isPositive();
        assertThat(b.links.statistics().dropped(DropReason.FORGED)).isPositive();
        assertThat(b.links.statistics().links()).isEqualTo(1);
    }

    @Test
    void a_changed_link_id_is_a_forgery() {
        world.wire.swallow = d -> {
            if (d.kind() == PacketLayout.MESSAGE_2) {
                byte[] wrong = d.bytes().clone();
                wrong[PacketLayout.MESSAGE_2_SENDER_ID_OFFSET] ^= 1;
                world.wire.deliver(new Wire.Datagram(d.from(), d.to(), wrong), Wire.MILLISECOND);
            }
            return false;
        };
        long channel = world.openChannel(a, b);
        world.runUntil(SECOND, () -> a.credit.containsKey(channel) && b.inbound.size() == 1);
        assertThat(a.links.statistics().dropped(DropReason.FORGED)).isEqualTo(1);
    }

    @Test
    void messages_from_elsewhere_are_ignored() {
        world.wire.swallow = d -> {
            if (d.kind() != PacketLayout.MESSAGE_1) {
                world.wire.deliver(new Wire.Datagram(Endpoint.parse("6.6.6.6:6"), d.to(), d.bytes()), Wire.MILLISECOND);
            }
            return false;
        };
        a.links.request(1, b.contact(), text("?"), true, world.now());
        world.runUntil(2 * SECOND, () -> a.answers.containsKey(1L));
        assertThat(a.links.statistics().dropped(DropReason.WRONG_ENDPOINT)).isPositive();
        assertThat(b.links.statistics().dropped(DropReason.WRONG_ENDPOINT)).isPositive();
    }

    @Seeded(30)
    void handshakes_finish_under_loss(long seed) {
        var rough = new TwoPeers(seed);
        rough.wire.loss = 0.2;
        rough.wire.jitter = 10 * Wire.MILLISECOND;
        rough.wire.duplication = 0.1;
        long channel = rough.openChannel(rough.a, rough.b);
        rough.runFor(8 * SECOND);
        assertThat(rough.a.ended).doesNotContainKey(channel);
        assertThat(rough.b.inbound).hasSize(1);
        assertThat(rough.b.verified).containsExactly(rough.a.contact());
        assertNothingAmplified(rough);
    }

    @Test
    void packets_that_overtake_message_3_wait_for_it() {
        world.wire.swallow = d -> {
            if (d.kind() == PacketLayout.MESSAGE_3) {
                world.wire.deliver(d, world.wire.latency + 5 * Wire.MILLISECOND);
                return true;
            }
            return false;
        };
        long channel = world.openChannel(a, b);
        world.runUntil(SECOND, () -> a.credit.containsKey(channel));
        world.send(a, channel, 0, 4);
        world.runFor(world.wire.latency + 7 * Wire.MILLISECOND);
        assertThat(TwoPeers.numbers(b.cells.get(b.inbound.getFirst()))).containsExactly(0, 1, 2, 3);
        assertThat(b.links.statistics().droppedInAll()).isZero();
    }

    @Test
    void a_dial_that_reaches_nobody_says_so() {
        b.unplug();
        long channel = world.openChannel(a, b);
        a.links.request(1, b.contact(), text("?"), true, world.now());
        world.runFor(10 * SECOND);
        assertThat(a.ended).containsEntry(channel, ChannelEnd.UNREACHABLE);
        assertThat(a.failed).containsExactly(1L);
        assertThat(a.links.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(world.wire.log()).hasSize(7);
    }

    @Seeded(40)
    void two_that_dial_each_other_at_once_converge_on_one_link(long seed) {
        var both = new TwoPeers(seed);
        both.wire.jitter = 30 * Wire.MILLISECOND;
        both.wire.loss = seed % 2 == 0 ? 0 : 0.1;
        both.wire.duplication = 0.05;
        long ab = both.openChannel(both.a, both.b);
        both.a.links.request(1, both.b.contact(), text("from a"), true, both.now());
        both.runFor(seed % 5 * 10 * Wire.MILLISECOND);
        long ba = both.openChannel(both.b, both.a);
        both.b.links.request(2, both.a.contact(), text("from b"), true, both.now());
        int[] sent = {0, 0};
        both.runUntil(60 * SECOND, () -> {
            sent[0] = both.send(both.a, ab, sent[0], 20);
            sent[1] = both.send(both.b, ba, sent[1], 20);
            return received(both.b) == 20 && received(both.a) == 20;
        });
        both.runFor(20 * SECOND);

        assertThat(both.a.links.links()).hasSize(1);
        assertThat(both.b.links.links()).hasSize(1);
        assertThat(both.a.links.links().getFirst().dialed())
                .isNotEqualTo(both.b.links.links().getFirst().dialed());
        assertThat(both.a.ended).isEmpty();
        assertThat(both.b.ended).isEmpty();
        assertThat(both.a.links.links().getFirst().channels()).isEqualTo(2);
        assertThat(both.b.links.links().getFirst().channels()).isEqualTo(2);
        assertThat(both.a.closedLinks).isEmpty();
        if (both.wire.loss == 0) {
            assertThat(both.a.answers).containsKey(1L);
            assertThat(both.b.answers).containsKey(2L);
        }
    }

    private static int received(Peer peer) {
        return peer.cells.values().stream().mapToInt(List::size).sum();
    }

    @Test
    void at_the_very_same_time_the_lower_key_wins() {
        long ab = world.openChannel(a, b);
        long ba = world.openChannel(b, a);
        world.runFor(2 * SECOND);
        boolean lowerIsA = a.identity.key().compareTo(b.identity.key()) < 0;
        assertThat(a.links.links().getFirst().dialed()).isEqualTo(lowerIsA);
        assertThat(b.links.links().getFirst().dialed()).isEqualTo(!lowerIsA);
        assertThat(a.credit).containsKey(ab);
        assertThat(b.credit).containsKey(ba);
    }

    @Test
    void a_peer_that_lost_its_link_makes_a_new_one_and_the_old_channels_end() {
        long channel = world.openChannel(a, b);
        world.runFor(SECOND);
        Peer again = a.restarted();
        again.links.request(5, b.contact(), text("back"), true, world.now());
        world.runFor(200 * Wire.MILLISECOND);

        assertThat(again.answers).containsKey(5L);
        assertThat(b.ended).containsValue(ChannelEnd.LINK_REPLACED);
        assertThat(b.links.links()).hasSize(1);
        assertThat(b.closedLinks).isEmpty();
        assertThat(a.ended).doesNotContainKey(channel);
    }
}
