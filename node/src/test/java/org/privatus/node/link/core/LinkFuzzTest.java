package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.packet.FrameReader;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.recovery.AckRanges;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Mutations;
import org.privatus.testing.Seeded;

/// Datagrams from anybody, and frames from somebody who finished a handshake, both nearly as they should be.
class LinkFuzzTest {
    private static final int SOAK_SECONDS = 60;
    private static final Endpoint STRANGER = Endpoint.parse("9.9.9.9:9");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// What one datagram may cost, with the job that it gives rise to: agreements and KEMs work on arrays of the JDK.
    private static final long DATAGRAM_BYTES = 1 << 19;

    private static final byte[] NOTHING = {};

    /// A node that answers, dials and has a link, and all that was ever said to it or by it.
    private static final class Busy {
        final TwoPeers world;
        final List<byte[]> genuine;
        final Peer node;

        Busy(long seed) {
            world = new TwoPeers(seed, Settings.with(settings -> settings.cookiesAbove = 4));
            node = world.b;
            for (int i = 0; i < 8; i++) {
                world.a.links.request(i, node.contact(), new byte[20 * i], false, world.now());
            }
            world.runUntil(3 * SECOND, () -> world.a.answers.size() == 8);
            long channel = world.openChannel(world.a, node);
            world.runUntil(3 * SECOND, () -> world.a.credit.containsKey(channel));
            world.send(world.a, channel, 0, 5);
            world.runFor(SECOND);
            Peer waiting = world.another("10.0.0.3:3");
            world.wire.swallow = d -> d.kind() == PacketLayout.MESSAGE_3 || d.kind() == PacketLayout.MESSAGE_2;
            world.openChannel(waiting, node);
            world.openChannel(node, waiting);
            world.runFor(SECOND / 10);
            genuine = world.wire.log().stream().map(Wire.Datagram::bytes).toList();
        }

        /// What no malformed datagram may change.
        List<Object> state() {
            return List.of(
                    node.links.links().stream().map(LinkView::peer).toList(),
                    node.verified.size(),
                    node.inbound.size(),
                    node.cells.values().stream().mapToInt(List::size).sum(),
                    node.answers.size(),
                    node.closedLinks.size(),
                    node.ended.size());
        }
    }

    @Seeded(5)
    void datagrams_that_are_nearly_good_have_no_effect_and_cost_little(long seed) {
        var busy = new Busy(seed);
        List<byte[]> inputs = new ArrayList<>(busy.genuine);
        inputs.addAll(Fuzzing.kept("datagram"));
        var mutations = new Mutations(seed, inputs);
        var random = new SplittableRandom(seed);
        List<Object> before = busy.state();
        for (int i = 0; i < 600; i++) {
            byte[] datagram = i < 256 ? beginningWith(i, mutations.next()) : mutations.next();
            if (!isGenuine(datagram, busy.genuine)) {
                Endpoint from = random.nextBoolean() ? busy.world.a.endpoint() : STRANGER;
                hear(busy.node, from, datagram, busy.world.now());
            }
        }
        assertThat(busy.state()).isEqualTo(before);
        assertThat(busy.node.links.statistics().droppedInAll()).isPositive();
    }

    private static byte[] beginningWith(int first, byte[] datagram) {
        if (datagram.length > 0) {
            datagram[0] = (byte) first;
        }
        return datagram;
    }

    /// Message 1 with another second MAC is as good where nobody looks at that; it makes no link either.
    private static boolean isGenuine(byte[] datagram, List<byte[]> genuine) {
        return genuine.stream().anyMatch(known -> Arrays.equals(known, datagram));
    }

    private static void hear(Peer node, Endpoint from, byte[] datagram, long now) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        node.links.onDatagram(from, datagram, now);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes for a datagram of %d", datagram.length).isLessThan(DATAGRAM_BYTES);
        node.settle();
    }

    @Seeded(5)
    void frames_behind_an_open_link_break_nothing(long seed) {
        speakNonsense(seed, 150);
    }

    /// As often as there is time for in a minute.
    @Test
    @Tag("soak")
    void the_same_for_long() {
        long until = System.nanoTime() + SOAK_SECONDS * SECOND;
        for (long seed = 1_000; System.nanoTime() < until; seed++) {
            speakNonsense(seed, 1_000);
            datagrams_that_are_nearly_good_have_no_effect_and_cost_little(seed);
        }
    }

    /// After all of it the node serves others as before.
    private static void speakNonsense(long seed, int packets) {
        var world = new TwoPeers(seed);
        var mutations = new Mutations(seed, payloads());
        RawPeer peer = new RawPeer(world, world.b, NOTHING);
        for (int i = 0; i < packets; i++) {
            byte[] payload = mutations.next();
            byte[] fitting = Arrays.copyOf(payload, Math.min(payload.length, PacketLayout.DATA_PAYLOAD));
            long malformed = world.b.links.statistics().dropped(DropReason.MALFORMED_FRAMES);
            int requests = world.b.asked.size();
            int channels = world.b.inbound.size();
            hear(world.b, RawPeer.ENDPOINT, peer.sealed(fitting), world.now());
            if (!isWellFormed(fitting)) {
                assertThat(world.b.links.statistics().dropped(DropReason.MALFORMED_FRAMES))
                        .isEqualTo(malformed + 1);
                assertThat(world.b.asked).hasSize(requests);
                assertThat(world.b.inbound).hasSize(channels);
            }
            world.runFor(5 * Wire.MILLISECOND);
            if (world.b.links.links().isEmpty()) {
                peer = new RawPeer(world, world.b, NOTHING);
            }
        }
        Peer honest = world.another("10.0.0.3:3");
        long channel = world.openChannel(honest, world.b);
        world.runUntil(3 * SECOND, () -> honest.credit.containsKey(channel));
    }

    @Seeded(3)
    void frames_in_message_3_break_nothing(long seed) {
        var world = new TwoPeers(seed);
        var mutations = new Mutations(seed, payloads());
        for (int i = 0; i < 15; i++) {
            byte[] payload = mutations.next();
            int room = FinishJob.Message3.MOST_FRAMES;
            new RawPeer(world, world.b, Arrays.copyOf(payload, Math.min(payload.length, room)));
        }
        assertThat(world.b.verified).hasSize(15);
    }

    @Seeded(5)
    void payloads_are_read_or_refused_and_nothing_else_happens(long seed) {
        frames().mutations(seed, 2_000);
    }

    /// For a minute.
    @Test
    @Tag("soak")
    void payloads_for_long() {
        frames().mutationsFor(SOAK_SECONDS);
    }

    @Test
    void a_stranger_cannot_have_long_packets_kept_before_it_has_shown_who_it_is() {
        var busy = new Busy(1);
        byte[] early = new byte[60_000];
        byte[] message2 = busy.world.wire.log().stream()
                .filter(d -> d.kind() == PacketLayout.MESSAGE_2
                        && d.from().equals(busy.node.endpoint())
                        && d.to().toString().startsWith("10.0.0.3"))
                .findFirst()
                .orElseThrow()
                .bytes();
        early[0] = PacketLayout.DATA;
        System.arraycopy(
                message2,
                PacketLayout.MESSAGE_2_SENDER_ID_OFFSET,
                early,
                PacketLayout.DATA_LINK_ID_OFFSET,
                PacketLayout.LINK_ID_LENGTH);
        busy.node.links.onDatagram(Endpoint.parse("10.0.0.3:3"), early, busy.world.now());
        assertThat(busy.node.links.statistics().dropped(DropReason.TOO_LONG)).isEqualTo(1);
    }

    private static Fuzzing frames() {
        return new Fuzzing(
                "frames",
                Fuzzing.BASE_BYTES,
                8,
                payloads(),
                bytes -> new FrameReader().read(bytes, 0, bytes.length, new FrameHandler() {}));
    }

    private static boolean isWellFormed(byte[] payload) {
        try {
            new FrameReader().read(payload, 0, payload.length, new FrameHandler() {});
            return true;
        } catch (MalformedPacketException e) {
            return false;
        }
    }

    /// One of each frame, and some together.
    private static List<byte[]> payloads() {
        KemKeyPair pair = Peer.SUITE.kemGenerate(new SecureRandom());
        var ranges = new AckRanges();
        ranges.add(0);
        ranges.add(2);
        return List.of(
                payload(FrameWriter::ping),
                payload(out -> FrameWriter.ack(out, ranges, 1_000, 128)),
                payload(out -> FrameWriter.request(out, 7, new byte[30])),
                payload(out -> FrameWriter.answer(out, 7, new byte[30])),
                payload(out -> FrameWriter.channelOpen(out, 0)),
                payload(out -> {
                    FrameWriter.channelOpen(out, 0);
                    FrameWriter.cellsHead(out, 0, 0, 2);
                    out.bytes(new byte[2 * Links.CELL_LENGTH]);
                    FrameWriter.credit(out, 0, 512);
                }),
                payload(out -> FrameWriter.channelClose(out, 0, 0, 2)),
                payload(out -> FrameWriter.observedEndpoint(out, STRANGER)),
                payload(out -> FrameWriter.pathChallenge(out, 7)),
                payload(out -> FrameWriter.pathResponse(out, 7)),
                payload(out -> FrameWriter.addressToken(out, 7)),
                payload(out -> FrameWriter.kemKey(out, 1, pair.publicKey())),
                payload(out -> FrameWriter.kemCiphertext(out, 1, new byte[1_088])),
                payload(out -> FrameWriter.linkClose(out, 0)),
                payload(out -> {
                    FrameWriter.ping(out);
                    FrameWriter.padding(out, 100);
                }));
    }

    private static byte[] payload(Consumer<WireWriter> frames) {
        WireWriter out = WireWriter.allocate(PacketLayout.DATA_PAYLOAD);
        frames.accept(out);
        return out.toBytes();
    }
}
