package org.privatus.node.link.core.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.recovery.AckRanges;
import org.privatus.testing.Seeded;

class FrameCodecTest {
    /// Writes down every frame as a line.
    private static final class Recorder implements FrameHandler {
        private final List<String> lines = new ArrayList<>();

        private static String hex(byte[] buffer, int offset, int length) {
            return HexFormat.of().formatHex(buffer, offset, offset + length);
        }

        @Override
        public void onPing() {
            lines.add("ping");
        }

        @Override
        public void onAck(AckRanges ranges, long delayNanos) {
            var text = new StringBuilder("ack " + delayNanos);
            for (int i = 0; i < ranges.count(); i++) {
                text.append(' ').append(ranges.smallest(i)).append('-').append(ranges.largest(i));
            }
            lines.add(text.toString());
        }

        @Override
        public void onRequest(long id, byte[] buffer, int offset, int length) {
            lines.add("request " + id + " " + hex(buffer, offset, length));
        }

        @Override
        public void onAnswer(long id, byte[] buffer, int offset, int length) {
            lines.add("answer " + id + " " + hex(buffer, offset, length));
        }

        @Override
        public void onChannelOpen(long channel) {
            lines.add("open " + channel);
        }

        @Override
        public void onCells(long channel, long first, int count, byte[] buffer, int offset) {
            int last = offset + count * 512 - 1;
            lines.add("cells " + channel + " " + first + " x" + count + " " + buffer[offset] + " " + buffer[last]);
        }

        @Override
        public void onCredit(long channel, long limit) {
            lines.add("credit " + channel + " " + limit);
        }

        @Override
        public void onChannelClose(long channel, int reason, long cellsSent) {
            lines.add("close " + channel + " " + reason + " " + cellsSent);
        }

        @Override
        public void onObservedEndpoint(Endpoint observed) {
            lines.add("observed " + observed);
        }

        @Override
        public void onPathChallenge(long data) {
            lines.add("challenge " + data);
        }

        @Override
        public void onPathResponse(long data) {
            lines.add("response " + data);
        }

        @Override
        public void onLinkClose(int reason) {
            lines.add("bye " + reason);
        }

        @Override
        public void onIdentity(PuzzleNonce nonce, int flags) {
            lines.add("identity " + flags);
        }

        @Override
        public void onUnknown(int type) {
            lines.add("unknown " + type);
        }
    }

    private static List<String> read(byte[] payload) throws MalformedPacketException {
        var recorder = new Recorder();
        byte[] framed = new byte[payload.length + 6];
        System.arraycopy(payload, 0, framed, 3, payload.length);
        new FrameReader().read(framed, 3, payload.length, recorder);
        return recorder.lines;
    }

    private static AckRanges ranges(long... numbers) {
        var ranges = new AckRanges();
        for (long number : numbers) {
            ranges.add(number);
        }
        return ranges;
    }

    private static byte[] everyFrame() {
        WireWriter out = WireWriter.allocate(4_000);
        byte[] cell = new byte[512];
        cell[0] = 7;
        cell[511] = 9;
        FrameWriter.ping(out);
        FrameWriter.ack(out, ranges(0, 1, 2, 7, 9, 10), 3_000_999, 200);
        FrameWriter.request(out, 0xffff_ffffL, new byte[] {1, 2, 3});
        FrameWriter.answer(out, 4, new byte[0]);
        FrameWriter.channelOpen(out, 5);
        FrameWriter.cellsHead(out, 6, 0xffff_fffeL, 1);
        out.bytes(cell);
        FrameWriter.cellsHead(out, 6, 3, 2);
        out.bytes(cell).bytes(cell);
        FrameWriter.credit(out, 7, 8);
        FrameWriter.channelClose(out, 9, 1, 10);
        FrameWriter.observedEndpoint(out, Endpoint.parse("1.2.3.4:5"));
        FrameWriter.observedEndpoint(out, Endpoint.parse("[2001:db8::1]:6"));
        FrameWriter.pathChallenge(out, -11);
        FrameWriter.pathResponse(out, 12);
        FrameWriter.linkClose(out, 13);
        FrameWriter.identity(out, PuzzleNonce.of(new byte[16]), 2);
        return out.toBytes();
    }

    private static final List<String> EVERY_LINE = List.of(
            "ping",
            "ack 3000000 9-10 7-7 0-2",
            "request 4294967295 010203",
            "answer 4 ",
            "open 5",
            "cells 6 4294967294 x1 7 9",
            "cells 6 3 x2 7 9",
            "credit 7 8",
            "close 9 1 10",
            "observed 1.2.3.4:5",
            "observed [2001:db8::1]:6",
            "challenge -11",
            "response 12",
            "bye 13",
            "identity 2");

    @Test
    void every_frame_is_read_as_it_was_written() throws MalformedPacketException {
        assertThat(read(everyFrame())).isEqualTo(EVERY_LINE);
    }

    @Test
    void what_is_cut_off_at_any_length_is_malformed_or_fewer_frames() {
        byte[] whole = everyFrame();
        for (int length = 0; length < whole.length; length++) {
            try {
                List<String> lines = read(Arrays.copyOf(whole, length));
                assertThat(lines).isEqualTo(EVERY_LINE.subList(0, lines.size()));
            } catch (MalformedPacketException expected) {
                assertThat(expected.reason()).isEqualTo(MalformedPacketException.Reason.TRUNCATED);
            }
        }
    }

    @Test
    void sizes_are_what_the_constants_say() {
        WireWriter out = WireWriter.allocate(1_000);
        FrameWriter.cellsHead(out, 1, 1, 1);
        assertThat(out.position()).isEqualTo(FrameType.CELLS_HEAD);
        assertThat(2 * (FrameType.CELLS_HEAD + 512) + 128).isLessThanOrEqualTo(PacketLayout.DATA_PAYLOAD);
        out = WireWriter.allocate(1_000);
        FrameWriter.ack(out, ranges(1, 3, 5), 0, 1_000);
        assertThat(out.position()).isEqualTo(FrameWriter.ackLength(ranges(1, 3, 5)));
    }

    @Test
    void an_acknowledgement_that_does_not_fit_leaves_out_the_lowest() throws MalformedPacketException {
        WireWriter out = WireWriter.allocate(100);
        FrameWriter.ack(out, ranges(1, 3, 5, 7), 0, 3 + 16 + 8 + 5);
        assertThat(read(out.toBytes())).containsExactly("ack 0 7-7 5-5");
    }

    @Test
    void unknown_frames_are_skipped() throws MalformedPacketException {
        byte[] payload = {(byte) 200, 0, 2, 9, 9, FrameType.PING, 0, 0, (byte) 201, 0, 0};
        assertThat(read(payload)).containsExactly("unknown 200", "ping", "unknown 201");
    }

    @Test
    void padding_ends_the_packet_and_is_zero() throws MalformedPacketException {
        assertThat(read(new byte[] {FrameType.PING, 0, 0, 0, 0, 0})).containsExactly("ping");
        assertThatThrownBy(() -> read(new byte[] {0, 0, 1})).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void frames_with_a_wrong_length_are_malformed() {
        assertThatThrownBy(() -> read(new byte[] {FrameType.PING, 0, 1, 0}))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> read(new byte[] {FrameType.OBSERVED_ENDPOINT, 0, 7, 5, 1, 2, 3, 4, 0, 1}))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void acknowledgements_below_zero_are_malformed() {
        WireWriter out = WireWriter.allocate(100);
        out.u8(FrameType.ACK).u16(24).u64(5).u32(0).u32(2).u32(1).u32(5);
        assertThatThrownBy(() -> read(out.toBytes())).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void too_many_ranges_are_malformed() {
        WireWriter out = WireWriter.allocate(1_000);
        out.u8(FrameType.ACK).u16(16 + 8 * AckRanges.CAPACITY).u64(1_000).u32(0).u32(0);
        for (int i = 0; i < AckRanges.CAPACITY; i++) {
            out.u32(0).u32(0);
        }
        assertThatThrownBy(() -> read(out.toBytes())).isInstanceOf(MalformedPacketException.class);
    }

    @Seeded(200)
    void random_bytes_are_read_or_malformed(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            if (noise.length > 3) {
                noise[0] = (byte) random.nextInt(16);
                noise[1] = 0;
            }
            try {
                read(noise);
            } catch (MalformedPacketException expected) {
                assertThat(expected.reason()).isNotNull();
            }
        }
    }

    @Seeded(50)
    void ranges_of_any_shape_survive(long seed) throws MalformedPacketException {
        var random = new SplittableRandom(seed);
        var ranges = new AckRanges();
        for (int i = 0; i < 100; i++) {
            ranges.add((1L << random.nextInt(40)) + random.nextLong(20));
        }
        WireWriter out = WireWriter.allocate(1_000);
        FrameWriter.ack(out, ranges, 0, 1_000);
        var found = new AckRanges[1];
        new FrameReader().read(out.toBytes(), 0, out.position(), new FrameHandler() {
            @Override
            public void onAck(AckRanges read, long delayNanos) {
                found[0] = read;
            }
        });
        for (int i = 0; i < found[0].count(); i++) {
            assertThat(found[0].smallest(i)).isEqualTo(ranges.smallest(i));
            assertThat(found[0].largest(i)).isEqualTo(ranges.largest(i));
        }
    }
}
