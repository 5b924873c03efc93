package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.FrameHandler;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.recovery.AckRanges;
import org.privatus.testing.Seeded;

/// A genuine peer that breaks the rules: what it sends opens and is well sealed.
class MisbehavingPeerTest {
    private static final byte[] NOTHING = new byte[0];
    private final TwoPeers world = new TwoPeers(1);
    private final Peer b = world.b;

    private long dropped(DropReason reason) {
        return b.links.statistics().dropped(reason);
    }

    private static byte[] frames(Consumer<WireWriter> frames) {
        WireWriter out = WireWriter.allocate(1_000);
        frames.accept(out);
        return out.toBytes();
    }

    @Test
    void it_opens_no_more_channels_at_once_than_there_may_be() {
        var peer = new RawPeer(world, b, NOTHING);
        peer.say(out -> FrameWriter.channelOpen(out, 0xffff_fffeL));
        peer.say(out -> cell(out, 0x7fff_fffeL, 0));
        assertThat(dropped(DropReason.VIOLATION)).isEqualTo(2);
        assertThat(b.inbound).isEmpty();
    }

    @Test
    void nor_in_message_3() {
        new RawPeer(world, b, frames(out -> FrameWriter.channelOpen(out, 0xffff_fffeL)));
        assertThat(dropped(DropReason.VIOLATION)).isEqualTo(1);
        assertThat(b.inbound).isEmpty();
        assertThat(b.links.links()).hasSize(1);
    }

    @Test
    void channels_over_all_links_are_bounded_too() {
        var small = new TwoPeers(1, Settings.with(settings -> settings.channelLimit = 3));
        var peer = new RawPeer(small, small.b, NOTHING);
        peer.say(out -> FrameWriter.channelOpen(out, 8));
        assertThat(small.b.inbound).hasSize(3);
        assertThat(small.b.links.statistics().channels()).isEqualTo(3);
    }

    @Test
    void malformed_first_frames_leave_the_link_as_it_is() {
        new RawPeer(world, b, new byte[] {1, 0, 9});
        assertThat(dropped(DropReason.MALFORMED_FRAMES)).isEqualTo(1);
        assertThat(b.links.links()).hasSize(1);
    }

    @Test
    void its_mention_of_channels_that_we_never_opened_is_ignored() {
        var peer = new RawPeer(world, b, NOTHING);
        peer.say(out -> cell(out, 1, 0));
        peer.say(out -> FrameWriter.credit(out, 3, 1_000));
        peer.say(out -> FrameWriter.channelClose(out, 5, 0, 0));
        assertThat(dropped(DropReason.VIOLATION)).isEqualTo(3);
    }

    @Test
    void its_cells_beyond_credit_are_ignored() {
        var peer = new RawPeer(world, b, NOTHING);
        peer.say(out -> cell(out, 0, Channel.INITIAL_CREDIT));
        peer.say(out -> cell(out, 0, 0xffff_ffffL));
        assertThat(dropped(DropReason.VIOLATION)).isEqualTo(2);
        peer.say(out -> cell(out, 0, 0));
        assertThat(b.cells.get(b.inbound.getFirst())).hasSize(1);
    }

    @Test
    void however_much_it_allows_on_many_channels_we_keep_a_bounded_number_of_cells() {
        var peer = new RawPeer(world, b, NOTHING);
        int channels = 16;
        peer.say(out -> {
            for (int i = 0; i < channels; i++) {
                FrameWriter.credit(out, 2L * i, 1_000_000);
            }
        });
        assertThat(b.inbound).hasSize(channels);
        assertThat(b.credit.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(channels * Channel.INITIAL_CREDIT + Channels.MAX_PROMISED);
    }

    @Test
    void its_acknowledgements_of_what_was_never_sent_are_ignored() {
        var peer = new RawPeer(world, b, NOTHING);
        var ranges = new AckRanges();
        ranges.add(1L << 40);
        peer.say(out -> FrameWriter.ack(out, ranges, 0, 100));
        assertThat(dropped(DropReason.VIOLATION)).isEqualTo(1);
        assertThat(b.links.links()).hasSize(1);
    }

    @Test
    void a_packet_with_one_malformed_frame_has_no_effect_and_is_not_acknowledged() {
        var peer = new RawPeer(world, b, NOTHING);
        peer.hear(new FrameHandler() {});
        peer.say(new byte[] {5, 0, 4, 0, 0, 0, 0, 1, 0, 7});
        List<Long> acknowledged = new ArrayList<>();
        peer.hear(new FrameHandler() {
            @Override
            public void onAck(AckRanges ranges, long delayNanos) {
                acknowledged.add(ranges.largest());
            }
        });
        assertThat(b.inbound).isEmpty();
        assertThat(acknowledged).isEmpty();
        assertThat(dropped(DropReason.MALFORMED_FRAMES)).isEqualTo(1);
    }

    @Test
    void frames_of_a_later_version_are_skipped_and_acknowledged() {
        var peer = new RawPeer(world, b, NOTHING);
        peer.say(new byte[] {99, 0, 3, 1, 2, 3, 5, 0, 4, 0, 0, 0, 0});
        var acknowledged = new AtomicInteger();
        peer.hear(new FrameHandler() {
            @Override
            public void onAck(AckRanges ranges, long delayNanos) {
                acknowledged.incrementAndGet();
            }
        });
        assertThat(b.inbound).hasSize(1);
        assertThat(acknowledged).hasPositiveValue();
    }

    @Test
    void many_challenges_in_a_packet_get_one_response() {
        var peer = new RawPeer(world, b, NOTHING);
        peer.say(out -> {
            for (int i = 0; i < 50; i++) {
                FrameWriter.pathChallenge(out, i);
            }
        });
        List<Long> responses = new ArrayList<>();
        peer.hear(new FrameHandler() {
            @Override
            public void onPathResponse(long data) {
                responses.add(data);
            }
        });
        assertThat(responses).containsExactly(49L);
    }

    @Seeded(30)
    void whatever_it_says_nothing_breaks(long seed) {
        var random = new SplittableRandom(seed);
        var fuzzed = new TwoPeers(seed);
        var peer = new RawPeer(fuzzed, fuzzed.b, NOTHING);
        for (int i = 0; i < 100; i++) {
            WireWriter out = WireWriter.allocate(1_100);
            while (out.remaining() > 600) {
                byte[] body = new byte[random.nextInt(4) == 0 ? 520 : random.nextInt(20)];
                random.nextBytes(body);
                for (int zero = 0; zero < Math.min(body.length, 3 + 4 * random.nextInt(2)); zero++) {
                    body[zero] = 0;
                }
                int type = 1 + random.nextInt(15);
                out.u8(type == 12 ? 1 : type).u16(body.length).bytes(body);
            }
            peer.say(out.toBytes());
        }
        Peer honest = fuzzed.another("10.0.0.3:3");
        long channel = fuzzed.openChannel(honest, fuzzed.b);
        fuzzed.runUntil(TwoPeers.SECOND, () -> honest.credit.containsKey(channel));
        assertThat(fuzzed.b.links.statistics().droppedInAll()).isPositive();
    }

    private static void cell(WireWriter out, long channel, long sequence) {
        FrameWriter.cellsHead(out, channel, sequence, 1);
        out.bytes(new byte[512]);
    }
}
