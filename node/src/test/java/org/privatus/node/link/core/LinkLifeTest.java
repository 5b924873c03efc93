package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.testing.Seeded;

class LinkLifeTest {
    private final TwoPeers world = new TwoPeers(1);
    private final Peer a = world.a;
    private final Peer b = world.b;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void an_idle_link_says_nothing_and_is_closed_in_the_end() {
        world.connect();
        world.runFor(10 * SECOND);
        int before = world.wire.log().size();
        world.runFor(280 * SECOND);
        assertThat(world.wire.log()).hasSize(before);
        assertThat(a.links.links()).hasSize(1);

        world.runFor(20 * SECOND);
        assertThat(a.links.links()).isEmpty();
        assertThat(b.links.links()).isEmpty();
        assertThat(a.closedLinks).containsExactly(b.identity.key());
        assertThat(b.closedLinks).containsExactly(a.identity.key());
        assertThat(world.step()).isFalse();
    }

    @Test
    void a_link_in_use_is_not_closed() {
        world.connect();
        for (int i = 0; i < 10; i++) {
            world.runFor(100 * SECOND);
            a.links.request(i, b.contact(), text("?"), false, world.now());
        }
        world.runFor(SECOND);
        assertThat(a.answers).hasSize(10);
        assertThat(a.closedLinks).isEmpty();
    }

    @Test
    void a_link_with_channels_is_probed_every_ten_seconds_of_silence_and_not_closed() {
        world.openChannel(a, b);
        world.runFor(10 * SECOND);
        int before = world.wire.log().size();
        world.runFor(1_000 * SECOND);
        assertThat(a.links.links()).hasSize(1);
        assertThat(world.wire.log().size() - before).isBetween(100, 600);
    }

    @Test
    void a_dead_peer_is_found_out_and_its_channels_end_on_both_sides() {
        long channel = world.openChannel(a, b);
        world.runFor(SECOND);
        long inbound = b.inbound.getFirst();
        world.wire.swallow = datagram -> true;
        world.runFor(10 * SECOND + 6 * SECOND);

        assertThat(a.ended).containsEntry(channel, ChannelEnd.LINK_DIED);
        assertThat(b.ended).containsEntry(inbound, ChannelEnd.LINK_DIED);
        assertThat(a.closedLinks).containsExactly(b.identity.key());
        assertThat(b.closedLinks).containsExactly(a.identity.key());
        assertThat(a.links.statistics().linksDied()).isEqualTo(1);
        assertThat(world.step()).isFalse();
    }

    @Test
    void a_peer_that_stops_while_we_talk_is_found_out_within_seconds() {
        long channel = world.openChannel(a, b);
        world.runFor(SECOND);
        b.unplug();
        world.send(a, channel, 0, 1);
        world.runFor(3 * SECOND);
        assertThat(a.ended).isEmpty();
        world.runFor(2 * SECOND);
        assertThat(a.ended).containsEntry(channel, ChannelEnd.LINK_DIED);
    }

    @Test
    void questions_on_a_dead_link_fail() {
        world.connect();
        b.unplug();
        a.links.request(4, b.contact(), text("?"), false, world.now());
        world.runFor(6 * SECOND);
        assertThat(a.failed).containsExactly(4L);
        assertThat(a.closedLinks).hasSize(1);
    }

    @Test
    void a_short_interruption_is_survived() {
        long channel = world.openChannel(a, b);
        world.runFor(SECOND);
        world.wire.swallow = datagram -> true;
        world.send(a, channel, 0, 60);
        world.runFor(3 * SECOND);
        world.wire.swallow = datagram -> false;
        world.runUntil(10 * SECOND, () -> b.cells.values().stream().anyMatch(list -> list.size() == 60));
        assertThat(a.ended).isEmpty();
    }

    @Test
    void leaving_tells_the_peers() {
        world.openChannel(a, b);
        world.runFor(SECOND);
        a.links.closeAll();
        world.runFor(SECOND);
        assertThat(b.ended).containsValue(ChannelEnd.LINK_CLOSED);
        assertThat(b.closedLinks).containsExactly(a.identity.key());
        world.runFor(10 * SECOND);
        assertThat(world.step()).isFalse();
    }

    @Test
    void of_idle_links_the_one_unused_for_longest_goes_and_never_one_with_channels() {
        var small = new TwoPeers(1, Settings.with(settings -> settings.idleLinkLimit = 2));
        List<Peer> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(small.another("10.0.1." + i + ":5"));
        }
        small.openChannel(small.a, others.get(0));
        small.runFor(SECOND);
        for (int i = 1; i < 4; i++) {
            small.a.links.request(i, others.get(i).contact(), text("?"), true, small.now());
            small.runFor(SECOND);
        }
        assertThat(small.a.closedLinks).containsExactly(others.get(1).identity.key());
        assertThat(small.a.links.links()).hasSize(3);
        assertThat(others.get(1).closedLinks).hasSize(1);
    }

    @Test
    void of_links_that_carried_channels_only_so_many_are_kept_and_those_of_questions_are_others() {
        var small = new TwoPeers(1, Settings.with(settings -> {
            settings.idleNamedLinkLimit = 2;
            settings.idleLinkLimit = 3;
        }));
        List<Peer> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            others.add(small.another("10.0.1." + i + ":5"));
        }
        for (int i = 0; i < 2; i++) {
            small.a.links.request(i, others.get(i).contact(), text("?"), true, small.now());
            small.runFor(SECOND);
        }
        for (int i = 2; i < 6; i++) {
            long channel = small.openChannel(small.a, others.get(i));
            small.runFor(SECOND);
            small.a.links.closeChannel(channel, small.now());
            small.runFor(SECOND);
        }
        assertThat(small.a.closedLinks)
                .containsExactly(
                        others.get(2).identity.key(), others.get(3).identity.key());
        assertThat(small.a.links.links()).hasSize(4);
        small.runFor(301 * SECOND);
        assertThat(small.a.links.links()).isEmpty();
    }

    @Test
    void of_two_silent_ends_only_the_dialer_probes() {
        world.openChannel(a, b);
        world.runFor(5 * SECOND);
        int before = world.wire.log().size();
        world.runFor(55 * SECOND);
        List<Wire.Datagram> probes =
                world.wire.log().subList(before, world.wire.log().size());
        assertThat(probes).hasSizeBetween(8, 12);
        assertThat(probes.stream().filter(d -> d.from().equals(a.endpoint()))).hasSize(probes.size() / 2);
    }

    /// The same machine behind the same NAT, which has given it another port.
    @Seeded(10)
    void a_transfer_both_ways_survives_that_a_nat_changes_the_port(long seed) {
        var moving = new TwoPeers(seed);
        moving.wire.loss = 0.02;
        long channel = moving.openChannel(moving.a, moving.b);
        moving.runUntil(10 * SECOND, () -> moving.a.credit.containsKey(channel) && !moving.b.inbound.isEmpty());
        int[] sent = {0, 0};
        int[] moves = {0};
        moving.runUntil(60 * SECOND, () -> {
            sent[0] = moving.send(moving.a, channel, sent[0], 1_000);
            sent[1] = moving.send(moving.b, moving.b.inbound.getFirst(), sent[1], 1_000);
            int arrived = moving.b.cells.values().stream().mapToInt(List::size).sum();
            if (arrived > 300 * (moves[0] + 1) && moves[0] < 2) {
                moves[0]++;
                moving.a.moveTo("10.0.0.1:" + (2_000 + moves[0]));
            }
            return arrived == 1_000
                    && moving.a.cells.values().stream().mapToInt(List::size).sum() == 1_000;
        });
        assertThat(moves[0]).isEqualTo(2);
        assertThat(moving.b.links.links().getFirst().peer().endpoint()).isEqualTo(moving.a.endpoint());
        assertThat(moving.a.ended).isEmpty();
        assertThat(moving.b.ended).isEmpty();
    }

    @Test
    void when_all_links_carry_channels_there_are_no_more() {
        var small = new TwoPeers(1, Settings.with(settings -> {
            settings.linkLimit = 1;
            settings.idleLinkLimit = 1;
        }));
        Peer third = small.another("10.0.0.3:3");
        small.openChannel(small.a, small.b);
        small.runFor(SECOND);
        long dialed = small.openChannel(small.a, third);
        long incoming = small.openChannel(third, small.b);
        small.runFor(10 * SECOND);
        assertThat(small.a.ended).containsEntry(dialed, ChannelEnd.UNREACHABLE);
        assertThat(third.ended).containsKey(incoming);
        assertThat(small.b.links.statistics().dropped(DropReason.LINKS_FULL)).isPositive();
        assertThat(small.b.links.links()).hasSize(1);
    }

    @Test
    void a_node_without_links_has_no_timer() {
        assertThat(a.links.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        a.tick();
        assertThat(world.step()).isFalse();
    }

    @Test
    void a_peer_that_moves_is_followed_once_it_has_proved_its_new_address() {
        long channel = world.openChannel(a, b);
        world.runFor(SECOND);
        Endpoint old = a.endpoint();
        a.moveTo("10.0.7.7:777");
        int before = world.wire.log().size();
        world.send(a, channel, 0, 1);
        world.runFor(SECOND);

        assertThat(b.links.links().getFirst().peer().endpoint()).isEqualTo(a.endpoint());
        assertThat(a.observed).last().isEqualTo(a.endpoint());
        long inbound = b.inbound.getFirst();
        world.send(b, inbound, 0, 50);
        world.runFor(SECOND);
        assertThat(a.cells.get(channel)).hasSize(50);

        List<Wire.Datagram> toNew = world.wire.log().stream()
                .skip(before)
                .filter(d -> d.from().equals(b.endpoint()) && !d.to().equals(old))
                .toList();
        assertThat(toNew.getFirst().bytes()).hasSize(PathValidator.PACKET_LENGTH);
    }

    @Test
    void a_copied_packet_from_elsewhere_moves_nothing_and_draws_no_more_than_it_brought() {
        long channel = world.openChannel(a, b);
        world.runFor(SECOND);
        Endpoint forger = Endpoint.parse("6.6.6.6:66");
        world.wire.swallow = d -> {
            if (d.from().equals(a.endpoint())) {
                world.wire.deliver(new Wire.Datagram(forger, d.to(), d.bytes()), Wire.MILLISECOND);
            }
            return false;
        };
        int before = world.wire.log().size();
        world.send(a, channel, 0, 30);
        world.runFor(5 * SECOND);

        assertThat(b.links.links().getFirst().peer().endpoint()).isEqualTo(a.endpoint());
        assertThat(b.cells.get(b.inbound.getFirst())).hasSize(30);
        List<Wire.Datagram> log =
                world.wire.log().subList(before, world.wire.log().size());
        long brought = log.stream()
                .filter(d -> d.from().equals(a.endpoint()))
                .mapToLong(d -> d.bytes().length)
                .sum();
        long drawn = log.stream()
                .filter(d -> d.to().equals(forger))
                .mapToLong(d -> d.bytes().length)
                .sum();
        assertThat(drawn).isPositive().isLessThan(brought);
    }

    @Test
    void a_ping_from_elsewhere_is_too_small_to_be_answered_there() {
        assertThat(PacketLayout.DATA_MIN + 3).isLessThan(PathValidator.PACKET_LENGTH);
        world.openChannel(a, b);
        world.runFor(SECOND);
        Endpoint forger = Endpoint.parse("6.6.6.6:66");
        world.wire.swallow = d -> {
            boolean mine = d.from().equals(a.endpoint());
            if (mine && d.bytes().length < PathValidator.PACKET_LENGTH) {
                world.wire.deliver(new Wire.Datagram(forger, d.to(), d.bytes()), 1);
            }
            return mine;
        };
        world.runFor(12 * SECOND);
        assertThat(world.wire.log()).noneMatch(d -> d.to().equals(forger));
    }

    @Seeded(10)
    void keys_change_often_without_anybody_noticing(long seed) {
        var busy = new TwoPeers(seed, Settings.with(settings -> settings.packetsPerKey = 5));
        busy.wire.loss = 0.05;
        busy.wire.jitter = 20 * Wire.MILLISECOND;
        busy.wire.duplication = 0.05;
        long channel = busy.openChannel(busy.a, busy.b);
        int[] sent = {0};
        busy.runUntil(120 * SECOND, () -> {
            sent[0] = busy.send(busy.a, channel, sent[0], 500);
            return busy.b.cells.values().stream().anyMatch(list -> list.size() == 500);
        });
        assertThat(TwoPeers.numbers(busy.b.cells.get(busy.b.inbound.getFirst())))
                .isEqualTo(IntStream.range(0, 500).boxed().toList());
        assertThat(busy.b.links.statistics().dropped(DropReason.FORGED)).isZero();
    }

    @Test
    void links_show_who_they_lead_to() {
        world.openChannel(a, b);
        world.runFor(SECOND);
        LinkView view = a.links.links().getFirst();
        assertThat(view.peer()).isEqualTo(b.contact());
        assertThat(view.dialed()).isTrue();
        assertThat(view.channels()).isEqualTo(1);
        assertThat(view.smoothedRttNanos()).isBetween(40 * Wire.MILLISECOND, 45 * Wire.MILLISECOND);
        LinkStatistics statistics = a.links.statistics();
        assertThat(statistics.links()).isEqualTo(1);
        assertThat(statistics.handshakesStarted()).isEqualTo(1);
        assertThat(statistics.datagramsSent()).isPositive();
        assertThat(b.links.statistics().handshakesAnswered()).isEqualTo(1);
    }

    @Test
    void flags_reach_the_peer() {
        a.links.setFlags(2);
        b.links.setFlags(2);
        world.openChannel(a, b);
        world.runFor(SECOND);
        assertThat(a.verified.getFirst().relays()).isTrue();
        assertThat(b.verified.getFirst().relays()).isTrue();
    }
}
