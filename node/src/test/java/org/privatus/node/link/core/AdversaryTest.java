package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.testing.Mutations;
import org.privatus.testing.Seeded;

class AdversaryTest {
    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A conversation of all that there is: a stranger's question, a link, a question on it, a channel used both ways and closed.
    private static void converse(TwoPeers world) {
        world.b.links.request(90, world.a.contact(), text("early"), false, world.now());
        world.runUntil(10 * SECOND, () -> world.b.answers.containsKey(90L));
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(10 * SECOND, () -> world.a.credit.containsKey(channel));
        world.send(world.a, channel, 0, 60);
        world.a.links.request(91, world.b.contact(), text("on the link"), true, world.now());
        world.runUntil(
                30 * SECOND,
                () -> !world.b.cells.isEmpty()
                        && world.b.cells.get(world.b.inbound.getFirst()).size() == 60);
        world.send(world.b, world.b.inbound.getFirst(), 0, 60);
        world.runUntil(
                30 * SECOND,
                () -> world.a.cells.containsKey(channel)
                        && world.a.cells.get(channel).size() == 60);
    }

    private static void assertUnharmed(TwoPeers world) {
        List<Integer> all = IntStream.range(0, 60).boxed().toList();
        assertThat(TwoPeers.numbers(world.b.cells.get(world.b.inbound.getFirst())))
                .isEqualTo(all);
        assertThat(world.a.cells.values())
                .hasSize(1)
                .allSatisfy(list -> assertThat(TwoPeers.numbers(list)).isEqualTo(all));
        assertThat(world.a.ended).isEmpty();
        assertThat(world.b.ended).isEmpty();
        assertThat(world.a.links.links()).hasSize(1);
        assertThat(world.b.links.links()).hasSize(1);
    }

    @Seeded(10)
    void every_datagram_that_is_replayed_at_a_random_time_has_no_effect(long seed) {
        var world = new TwoPeers(seed);
        var random = new SplittableRandom(seed);
        world.wire.swallow = d -> {
            world.wire.deliver(d, random.nextLong(3 * SECOND));
            world.wire.deliver(d, random.nextLong(3 * SECOND));
            return false;
        };
        converse(world);
        world.runFor(4 * SECOND);
        assertUnharmed(world);
        assertThat(world.a.asked).hasSize(1);
        assertThat(world.b.asked).hasSize(1);
        assertThat(world.a.verified).hasSize(1);
        assertThat(world.b.verified).hasSize(1);
        assertThat(world.b.links.statistics().dropped(DropReason.REPLAYED)).isPositive();
    }

    @Test
    void a_whole_conversation_replayed_later_changes_nothing() {
        var world = new TwoPeers(1);
        converse(world);
        world.runFor(20 * SECOND);
        LinkStatistics before = world.b.links.statistics();
        for (Wire.Datagram datagram : List.copyOf(world.wire.log())) {
            world.wire.deliver(datagram, SECOND);
        }
        world.runFor(20 * SECOND);
        assertUnharmed(world);
        assertThat(world.b.verified).hasSize(1);
        assertThat(world.b.links.statistics().linksOpened()).isEqualTo(before.linksOpened());
        assertThat(world.b.links.statistics().halfOpen()).isZero();
    }

    @Seeded(10)
    void flipped_bits_have_no_effect(long seed) {
        var world = new TwoPeers(seed);
        var random = new SplittableRandom(seed);
        world.wire.swallow = d -> {
            byte[] wrong = d.bytes().clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            var forged = new Wire.Datagram(d.from(), d.to(), wrong);
            if (random.nextInt(4) == 0) {
                world.wire.deliver(forged, world.wire.latency);
                return true;
            }
            world.wire.deliver(forged, world.wire.latency / 2);
            return false;
        };
        converse(world);
        world.runFor(10 * SECOND);
        assertUnharmed(world);
        assertThat(world.a.asked).allMatch(body -> Arrays.equals(body, text("early")));
        assertThat(world.b.asked).allMatch(body -> Arrays.equals(body, text("on the link")));
        assertThat(world.b.links.statistics().dropped(DropReason.FORGED)).isPositive();
    }

    /// Handshakes with and without cookies and tokens, KEM keys, cells in packets of the size that the path carries: of each some are changed, cut, lengthened,
    /// mixed, held back, said again at once and later, and some are lost.
    @Seeded(10)
    void whatever_is_done_to_datagrams_on_the_way_all_arrives_once(long seed) {
        var world = new TwoPeers(seed, Settings.with(settings -> {
            settings.cookiesAbove = 1;
            settings.maxPacketBytes = LinkSettings.defaults().maxPacketBytes();
        }));
        var random = new SplittableRandom(seed);
        world.wire.swallow = d -> {
            for (int i = random.nextInt(3); i > 0; i--) {
                byte[] other = world.wire
                        .log()
                        .get(random.nextInt(world.wire.log().size()))
                        .bytes();
                byte[] wrong = new Mutations(random.nextLong(), List.of(d.bytes(), other)).of(d.bytes());
                world.wire.deliver(new Wire.Datagram(d.from(), d.to(), wrong), random.nextLong(SECOND / 10));
            }
            if (random.nextInt(4) == 0) {
                world.wire.deliver(d, random.nextLong(2 * SECOND));
            }
            return random.nextInt(16) == 0;
        };
        world.wire.jitter = 10 * Wire.MILLISECOND;
        world.wire.duplication = 0.2;
        converse(world);
        world.runFor(10 * SECOND);
        assertUnharmed(world);
        assertThat(world.b.asked).allMatch(body -> Arrays.equals(body, text("on the link")));
        assertThat(world.a.links.links().getFirst().secrecy()).isEqualTo(Secrecy.POST_QUANTUM);
        assertThat(world.b.links.links().getFirst().secrecy()).isEqualTo(Secrecy.POST_QUANTUM);
        assertThat(world.wire.log()).anyMatch(d -> d.bytes().length > PacketLayout.MAX_PACKET);
        assertThat(world.b.links.statistics().dropped(DropReason.FORGED)).isPositive();
        assertThat(world.b.links.statistics().dropped(DropReason.REPLAYED)).isPositive();
    }

    @Seeded(20)
    void random_datagrams_are_counted_and_dropped(long seed) {
        var world = new TwoPeers(seed);
        converse(world);
        world.runFor(SECOND);
        var random = new SplittableRandom(seed);
        Endpoint anybody = Endpoint.parse("9.9.9.9:9");
        long before = world.b.links.statistics().droppedInAll();
        int sentBefore = world.wire.log().size();
        List<Wire.Datagram> log = List.copyOf(world.wire.log());
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(1_600)];
            random.nextBytes(noise);
            byte[] real = log.get(random.nextInt(log.size())).bytes();
            System.arraycopy(real, 0, noise, 0, Math.min(Math.min(noise.length, real.length), random.nextInt(20)));
            world.b.links.onDatagram(anybody, noise, world.now());
        }
        assertThat(world.b.links.statistics().droppedInAll() - before).isEqualTo(500);
        assertThat(world.wire.log()).hasSize(sentBefore);
        assertUnharmed(world);
    }

    @Test
    void stun_is_left_to_others() {
        var world = new TwoPeers(1);
        byte[] binding = new byte[20];
        binding[1] = 1;
        world.b.links.onDatagram(world.a.endpoint(), binding, world.now());
        assertThat(world.b.links.statistics().dropped(DropReason.NOT_A_LINK_PACKET))
                .isEqualTo(1);
    }

    @Test
    void a_listener_sees_neither_packet_numbers_nor_key_phases() {
        var world = new TwoPeers(1);
        converse(world);
        List<byte[]> data = world.wire.log().stream()
                .filter(d -> d.isData() && d.from().equals(world.a.endpoint()))
                .map(Wire.Datagram::bytes)
                .toList();
        long distinctFirst = data.stream().map(bytes -> bytes[0]).distinct().count();
        long distinctHigh = data.stream().map(bytes -> bytes[9]).distinct().count();
        assertThat(distinctFirst).isGreaterThan(5);
        assertThat(distinctHigh).isGreaterThan(5);
    }
}
