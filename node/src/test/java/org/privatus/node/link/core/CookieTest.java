package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.link.core.handshake.Cookies;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.packet.PacketLayout;

class CookieTest {
    private static final Endpoint FROM = Endpoint.parse("10.0.0.1:1001");
    private static final long NOW = 5_000_000_000L;

    private final TwoPeers world = new TwoPeers(1, Settings.with(settings -> settings.cookiesAbove = 2));
    private final Peer a = world.a;
    private final Peer b = world.b;
    private final HandshakeContext responder =
            new HandshakeContext(Peer.SUITE, new SecureRandom(), b.identity, NetworkId.DEV);
    private final HandshakeContext initiator =
            new HandshakeContext(Peer.SUITE, new SecureRandom(), a.identity, NetworkId.DEV);
    private final Cookies cookies = new Cookies(responder);
    private final byte[] message1 = message1();

    private byte[] message1() {
        var dial = new DialJob(initiator, b.identity.key(), 77, Optional.empty(), OptionalLong.empty());
        dial.run();
        return dial.message().orElseThrow();
    }

    private byte[] shown(byte[] reply) {
        return initiator.showCookie(b.identity.key(), message1, reply).orElseThrow();
    }

    private void askSixTimes() {
        for (int i = 0; i < 6; i++) {
            a.links.request(i, b.contact(), new byte[] {1}, false, world.now());
        }
    }

    private List<Wire.Datagram> kind(int kind) {
        return world.wire.log().stream().filter(d -> d.kind() == kind).toList();
    }

    @Test
    void a_cookie_that_came_back_from_where_it_was_sent_counts() {
        byte[] answer = shown(cookies.reply(message1, FROM, NOW));
        assertThat(cookies.isShown(answer, FROM, NOW)).isTrue();
        assertThat(cookies.isShown(message1, FROM, NOW)).isFalse();
        assertThat(Arrays.copyOf(answer, answer.length - 16)).isEqualTo(Arrays.copyOf(message1, message1.length - 16));
    }

    @Test
    void a_cookie_counts_for_its_address_and_port_alone() {
        byte[] answer = shown(cookies.reply(message1, FROM, NOW));
        assertThat(cookies.isShown(answer, Endpoint.parse("10.0.0.1:1002"), NOW))
                .isFalse();
        assertThat(cookies.isShown(answer, Endpoint.parse("10.0.0.2:1001"), NOW))
                .isFalse();
        assertThat(cookies.isShown(answer, Endpoint.parse("[::a00:1]:1001"), NOW))
                .isFalse();
    }

    @Test
    void a_cookie_counts_for_two_lives_of_the_secret_at_most() {
        byte[] answer = shown(cookies.reply(message1, FROM, NOW));
        assertThat(cookies.isShown(answer, FROM, NOW + Cookies.SECRET_LIFE_NANOS + SECOND))
                .isTrue();
        assertThat(cookies.isShown(answer, FROM, NOW + 2 * Cookies.SECRET_LIFE_NANOS + SECOND))
                .isFalse();
    }

    @Test
    void after_a_long_silence_the_secret_before_does_not_count() {
        byte[] answer = shown(cookies.reply(message1, FROM, NOW));
        assertThat(cookies.isShown(answer, FROM, NOW + 3 * Cookies.SECRET_LIFE_NANOS))
                .isFalse();
    }

    @Test
    void a_reply_is_shorter_than_any_message_1_and_no_two_are_alike() {
        byte[] reply = cookies.reply(message1, FROM, NOW);
        assertThat(reply).hasSize(58);
        assertThat(cookies.reply(message1, FROM, NOW)).isNotEqualTo(reply);
    }

    @Test
    void a_reply_with_a_flipped_bit_or_to_another_message_is_none() {
        byte[] reply = cookies.reply(message1, FROM, NOW);
        for (int bit = 8 * PacketLayout.COOKIE_NONCE_OFFSET; bit < 8 * reply.length; bit++) {
            byte[] forged = reply.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(initiator.showCookie(b.identity.key(), message1, forged)).isEmpty();
        }
        assertThat(initiator.showCookie(b.identity.key(), message1(), reply)).isEmpty();
        assertThat(initiator.showCookie(a.identity.key(), message1, reply)).isEmpty();
    }

    @Test
    void below_the_stated_rate_nobody_is_asked_for_a_cookie() {
        a.links.request(1, b.contact(), new byte[] {1}, false, world.now());
        a.links.request(2, b.contact(), new byte[] {1}, false, world.now());
        world.runUntil(SECOND, () -> a.answers.size() == 2);
        assertThat(kind(PacketLayout.COOKIE_REPLY)).isEmpty();
    }

    @Test
    void above_it_everybody_is_and_each_is_answered_a_round_trip_later() {
        askSixTimes();
        world.runUntil(SECOND, () -> a.answers.size() == 6);
        assertThat(kind(PacketLayout.COOKIE_REPLY)).hasSize(4);
        assertThat(kind(PacketLayout.MESSAGE_1)).hasSize(6 + 4);
        assertThat(b.asked).hasSize(6);
        assertThat(b.links.statistics().dropped(DropReason.COOKIE_ASKED)).isEqualTo(4);
        assertThat(b.links.statistics().handshakesAnswered()).isEqualTo(6);
    }

    @Test
    void links_are_made_under_load_too() {
        askSixTimes();
        long channel = world.openChannel(a, b);
        world.runUntil(SECOND, () -> a.credit.containsKey(channel) && b.inbound.size() == 1);
        assertThat(kind(PacketLayout.COOKIE_REPLY)).isNotEmpty();
    }

    @Test
    void calm_comes_back_after_a_second() {
        askSixTimes();
        world.runFor(3 * SECOND);
        int before = kind(PacketLayout.COOKIE_REPLY).size();
        a.links.request(9, b.contact(), new byte[] {1}, false, world.now());
        world.runUntil(SECOND, () -> a.answers.containsKey(9L));
        assertThat(kind(PacketLayout.COOKIE_REPLY)).hasSize(before);
    }

    @Test
    void a_shown_cookie_that_is_replayed_gets_the_stored_message_2_and_from_elsewhere_a_cookie_reply() {
        askSixTimes();
        world.runUntil(SECOND, () -> a.answers.size() == 6);
        byte[] shown = kind(PacketLayout.MESSAGE_1).getLast().bytes();
        int before = world.wire.log().size();
        b.links.onDatagram(a.endpoint(), shown, world.now());
        b.links.onDatagram(Endpoint.parse("6.6.6.6:6"), shown, world.now());
        world.runFor(100 * Wire.MILLISECOND);
        List<Wire.Datagram> said =
                world.wire.log().subList(before, world.wire.log().size());
        assertThat(said).extracting(Wire.Datagram::kind).containsExactly(PacketLayout.MESSAGE_2, 0x84);
        assertThat(b.asked).hasSize(6);
    }

    @Test
    void forged_replies_neither_end_a_dial_nor_draw_more_than_a_few_messages() {
        var forgeries = new ArrayList<Wire.Datagram>();
        world.wire.swallow = d -> {
            if (d.kind() == PacketLayout.MESSAGE_1 && forgeries.isEmpty()) {
                for (int i = 0; i < 100; i++) {
                    byte[] forged = cookies.reply(d.bytes(), FROM, world.now());
                    forgeries.add(new Wire.Datagram(d.to(), d.from(), forged));
                }
                forgeries.forEach(forged -> world.wire.deliver(forged, 5 * Wire.MILLISECOND));
            }
            return false;
        };
        a.links.request(1, b.contact(), new byte[] {1}, false, world.now());
        world.runUntil(SECOND, () -> a.answers.containsKey(1L));
        assertThat(kind(PacketLayout.MESSAGE_1)).hasSize(1 + 3);
        assertThat(a.links.statistics().dropped(DropReason.BAD_COOKIE)).isEqualTo(100 - 16);
    }

    @Test
    void a_node_whose_workers_lag_asks_for_cookies_whatever_the_rate() {
        var slow = new TwoPeers(1, Settings.with(settings -> settings.handshakeJobs = 2));
        for (int i = 0; i < 6; i++) {
            slow.a.links.request(i, slow.b.contact(), new byte[] {1}, false, slow.now());
        }
        slow.runUntil(5 * SECOND, () -> slow.a.answers.size() == 6);
        assertThat(slow.b.links.statistics().dropped(DropReason.COOKIE_ASKED)).isPositive();
    }
}
