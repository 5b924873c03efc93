package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

/// ML-KEM secrets in the keys of links that carry channels.
class SecrecyTest {
    /// Only a packet with a KEM frame has so many bytes here: it is sent by itself.
    private static boolean isKemKey(Wire.Datagram datagram) {
        return datagram.isData() && datagram.bytes().length == 13 + 4 + 1_184 + 16;
    }

    private static boolean isKemCiphertext(Wire.Datagram datagram) {
        return datagram.isData() && datagram.bytes().length == 13 + 4 + 1_088 + 16;
    }

    private static Secrecy secrecy(Peer peer) {
        return peer.links.links().getFirst().secrecy();
    }

    private static boolean isPostQuantum(TwoPeers world) {
        return List.of(world.a, world.b).stream()
                .allMatch(peer -> peer.links.links().size() == 1 && secrecy(peer) == Secrecy.POST_QUANTUM);
    }

    /// Cells both ways, all of which arrive in order.
    private static void assertCarries(TwoPeers world, long channel) {
        int before = cells(world.b);
        int[] sent = {0, 0};
        world.runUntil(60 * SECOND, () -> {
            sent[0] = world.send(world.a, channel, sent[0], 40);
            sent[1] = world.send(world.b, world.b.inbound.getFirst(), sent[1], 40);
            return cells(world.b) == before + 40 && cells(world.a) >= 40;
        });
        List<byte[]> atB = world.b.cells.get(world.b.inbound.getFirst());
        assertThat(TwoPeers.numbers(atB.subList(atB.size() - 40, atB.size())))
                .isEqualTo(IntStream.range(0, 40).boxed().toList());
    }

    private static int cells(Peer peer) {
        return peer.cells.values().stream().mapToInt(List::size).sum();
    }

    @Test
    void a_link_becomes_post_quantum_a_round_trip_and_a_half_after_its_first_channel() {
        var world = new TwoPeers(1);
        world.a.links.request(1, world.b.contact(), new byte[1], true, world.now());
        world.runUntil(SECOND, () -> world.a.answers.containsKey(1L));
        world.runFor(SECOND);
        assertThat(secrecy(world.a)).isEqualTo(Secrecy.CLASSICAL);
        assertThat(world.wire.log()).noneMatch(SecrecyTest::isKemKey);

        long began = world.now();
        long channel = world.openChannel(world.a, world.b);
        assertThat(secrecy(world.a)).isEqualTo(Secrecy.EXCHANGING);
        world.runUntil(SECOND, () -> isPostQuantum(world));
        assertThat(world.now() - began).isLessThan(5 * world.wire.latency);
        assertThat(world.wire.log()).filteredOn(SecrecyTest::isKemKey).hasSize(1);
        assertThat(world.wire.log()).filteredOn(SecrecyTest::isKemCiphertext).hasSize(1);
        assertCarries(world, channel);
        assertThat(world.a.links.statistics().dropped(DropReason.FORGED)).isZero();
        assertThat(world.b.links.statistics().dropped(DropReason.FORGED)).isZero();
    }

    @Test
    void it_is_exchanged_once_in_a_link_s_life() {
        var world = new TwoPeers(1);
        for (int i = 0; i < 3; i++) {
            world.openChannel(world.a, world.b);
            world.openChannel(world.b, world.a);
            world.runFor(100 * SECOND);
        }
        assertThat(world.wire.log()).filteredOn(SecrecyTest::isKemCiphertext).hasSize(1);
    }

    @Seeded(30)
    void loss_reordering_and_doubling_delay_it_and_break_nothing(long seed) {
        var rough = new TwoPeers(seed, Settings.with(settings -> settings.packetsPerKey = 20 + seed % 7));
        rough.wire.loss = 0.15;
        rough.wire.jitter = 60 * Wire.MILLISECOND;
        rough.wire.duplication = 0.2;
        long channel = rough.openChannel(rough.a, rough.b);
        rough.runUntil(60 * SECOND, () -> !rough.b.inbound.isEmpty() && rough.a.credit.containsKey(channel));
        assertCarries(rough, channel);
        rough.runUntil(120 * SECOND, () -> isPostQuantum(rough));
        assertCarries(rough, channel);
        assertThat(rough.a.ended).isEmpty();
        assertThat(rough.a.links.statistics().dropped(DropReason.FORGED)).isZero();
        assertThat(rough.b.links.statistics().dropped(DropReason.FORGED)).isZero();
    }

    @Seeded(30)
    void two_that_begin_at_once_end_with_one_secret(long seed) {
        var both = new TwoPeers(seed);
        both.wire.jitter = 30 * Wire.MILLISECOND;
        both.wire.loss = seed % 3 == 0 ? 0.1 : 0;
        both.a.links.request(1, both.b.contact(), new byte[1], true, both.now());
        both.runFor(2 * SECOND);
        long channel = both.openChannel(both.a, both.b);
        both.runFor(seed % 4 * 10 * Wire.MILLISECOND);
        both.openChannel(both.b, both.a);
        both.runUntil(120 * SECOND, () -> isPostQuantum(both) && !both.b.inbound.isEmpty());
        assertCarries(both, channel);
        assertThat(both.a.links.statistics().dropped(DropReason.FORGED)).isZero();
    }

    @Test
    void whoever_drops_the_frames_is_seen_to_have_kept_the_link_classical() {
        var world = new TwoPeers(1);
        world.wire.swallow = SecrecyTest::isKemKey;
        long channel = world.openChannel(world.a, world.b);
        world.runFor(20 * SECOND);
        assertThat(secrecy(world.a)).isEqualTo(Secrecy.CLASSICAL);
        assertThat(secrecy(world.b)).isEqualTo(Secrecy.CLASSICAL);
        assertCarries(world, channel);
    }

    @Test
    void it_is_tried_again_after_a_pause_whichever_frames_were_dropped() {
        for (int i = 0; i < 2; i++) {
            Predicate<Wire.Datagram> dropped = i == 0 ? SecrecyTest::isKemKey : SecrecyTest::isKemCiphertext;
            var world = new TwoPeers(1);
            world.wire.swallow = dropped;
            long channel = world.openChannel(world.a, world.b);
            world.runFor(30 * SECOND);
            assertThat(isPostQuantum(world)).isFalse();
            world.wire.swallow = d -> false;
            world.runUntil(90 * SECOND, () -> isPostQuantum(world));
            assertCarries(world, channel);
        }
    }

    /// Frames of the exchange arrive up to a minute late, or never.
    @Seeded(20)
    void frames_that_come_after_everybody_gave_up_break_nothing(long seed) {
        var world = new TwoPeers(seed);
        var random = new SplittableRandom(seed);
        world.wire.swallow = d -> {
            boolean late = (isKemKey(d) || isKemCiphertext(d)) && world.now() < 300 * SECOND;
            if (late && random.nextBoolean()) {
                world.wire.deliver(d, random.nextLong(60 * SECOND));
            }
            return late;
        };
        long channel = world.openChannel(world.a, world.b);
        world.openChannel(world.b, world.a);
        world.runUntil(60 * SECOND, () -> !world.b.inbound.isEmpty() && world.a.credit.containsKey(channel));
        for (int i = 0; i < 40; i++) {
            assertCarries(world, channel);
            world.runFor(10 * SECOND);
        }
        world.runUntil(200 * SECOND, () -> isPostQuantum(world));
        assertCarries(world, channel);
        assertThat(world.a.ended).isEmpty();
        assertThat(world.b.ended).isEmpty();
    }

    @Test
    void channels_can_be_made_to_wait_for_it() {
        var world = new TwoPeers(1, Settings.with(settings -> settings.requirePostQuantum = true));
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(2 * SECOND, () -> world.a.credit.containsKey(channel));
        assertThat(secrecy(world.a)).isEqualTo(Secrecy.POST_QUANTUM);
        world.runUntil(2 * SECOND, () -> !world.b.inbound.isEmpty());
        assertCarries(world, channel);
    }

    @Test
    void channels_that_wait_in_vain_fail_and_closed_ones_are_forgotten() {
        var world = new TwoPeers(1, Settings.with(settings -> settings.requirePostQuantum = true));
        world.wire.swallow = SecrecyTest::isKemCiphertext;
        long channel = world.openChannel(world.a, world.b);
        long closed = world.openChannel(world.a, world.b);
        world.runFor(SECOND);
        world.a.links.closeChannel(closed, world.now());
        world.runFor(20 * SECOND);
        assertThat(world.a.ended).containsOnlyKeys(channel).containsValue(ChannelEnd.UNREACHABLE);
        assertThat(world.a.links.statistics().channels()).isZero();
        assertThat(world.b.inbound).isEmpty();
    }
}
