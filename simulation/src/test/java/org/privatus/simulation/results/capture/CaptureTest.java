package org.privatus.simulation.results.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.engine.EventKind;

/// Files are read back by a reader written from the formats' specifications alone.
class CaptureTest {
    private static final Endpoint HERE = Endpoint.parse("20.1.2.3:7700");
    private static final Endpoint THERE = Endpoint.parse("99.200.7.250:40001");
    private static final Endpoint HERE6 = Endpoint.parse("[2001:db8::1]:7700");
    private static final Endpoint THERE6 = Endpoint.parse("[2001:db8::2]:1");
    private static final long EPOCH = 1_767_225_600_000L;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(int type, byte[] body, SortedMap<Integer, byte[]> options) {}

    private static Capture capture(int limit) {
        return new Capture(17, "a title", EPOCH, endpoint -> endpoint.equals(THERE) ? 42 : -1, limit);
    }

    private static byte[] written(Capture capture) throws IOException {
        var out = new ByteArrayOutputStream();
        capture.writeTo(out);
        return out.toByteArray();
    }

    @Test
    void datagrams_come_back_with_time_direction_and_peer() throws Exception {
        Capture capture = capture(Capture.BYTES_MAX);
        capture.passed(1_234_567_891L, true, HERE, THERE, "hello".getBytes(StandardCharsets.UTF_8));
        capture.passed(2_000_000_000L, false, THERE6, HERE6, new byte[0]);
        List<Block> blocks = blocks(written(capture));
        assertThat(blocks).extracting(Block::type).containsExactly(0x0A0D0D0A, 1, 6, 6, 5);
        assertThat(text(blocks.get(0), 1)).isEqualTo("a title");
        assertThat(ints(blocks.get(1)).getShort(0)).as("raw IP").isEqualTo((short) 101);
        assertThat(text(blocks.get(1), 2)).isEqualTo("node-17");
        assertThat(blocks.get(1).options().get(9)).as("nanoseconds").containsExactly(9);

        Block sent = blocks.get(2);
        ByteBuffer head = ints(sent);
        long nanos = ((long) head.getInt(4) << 32) | (head.getInt(8) & 0xFFFFFFFFL);
        assertThat(nanos).isEqualTo(EPOCH * 1_000_000 + 1_234_567_891L);
        assertThat(head.getInt(12)).isEqualTo(33).isEqualTo(head.getInt(16));
        assertThat(text(sent, 1)).isEqualTo("sent to node 42");
        assertThat(sent.options().get(2)).containsExactly(2, 0, 0, 0);
        assertThat(text(blocks.get(3), 1)).isEqualTo("received from no node");
        assertThat(blocks.get(3).options().get(2)).containsExactly(1, 0, 0, 0);
    }

    @Test
    void packets_are_proper_ip_and_udp() throws Exception {
        var random = new SplittableRandom(1);
        Capture capture = capture(Capture.BYTES_MAX);
        for (int length = 0; length < 60; length++) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            capture.passed(length, true, HERE, THERE, payload);
            capture.passed(length, true, HERE6, THERE6, payload);
        }
        int packets = 0;
        for (Block block : blocks(written(capture))) {
            if (block.type() == 6) {
                int length = ints(block).getInt(12);
                ByteBuffer packet = ByteBuffer.wrap(block.body(), 20, length).slice();
                boolean four = packet.get(0) == 0x45;
                int header = four ? 20 : 40;
                int addresses = four ? 12 : 8;
                int udp = packet.remaining() - header;
                if (four) {
                    assertThat(packet.getShort(2)).isEqualTo((short) length);
                    assertThat(sum(packet, 0, 20, 0)).as("header's checksum").isEqualTo(0xFFFF);
                    assertThat(packet.getInt(12)).isEqualTo(0x14010203);
                } else {
                    assertThat(packet.getShort(4)).isEqualTo((short) udp);
                }
                assertThat(packet.getShort(header)).isEqualTo((short) 7700);
                assertThat(packet.getShort(header + 4)).isEqualTo((short) udp);
                int pseudo = sum(packet, addresses, header - addresses, 17 + udp);
                assertThat(sum(packet, header, udp, pseudo))
                        .as("UDP's checksum")
                        .isEqualTo(0xFFFF);
                packets++;
            }
        }
        assertThat(packets).isEqualTo(120);
    }

    @Test
    void a_full_capture_counts_what_it_leaves_out() throws Exception {
        Capture capture = capture(10_000);
        for (int i = 0; i < 100; i++) {
            capture.passed(i, true, HERE, THERE, new byte[1000]);
        }
        capture.passed(101, true, HERE, THERE6, new byte[1]);
        byte[] file = written(capture);
        assertThat(file.length).isLessThan(11_500);
        List<Block> blocks = blocks(file);
        Block statistics = blocks.getLast();
        assertThat(number(statistics, 4)).isEqualTo(101);
        assertThat(number(statistics, 5)).isEqualTo(capture.left()).isEqualTo(101 - (blocks.size() - 3));
    }

    @Test
    void events_are_lines() throws Exception {
        var log = new EventLog(2);
        log.record(17, 1_520_000_000L, EventKind.RECEIVED, (5L << 40) | 391);
        log.record(17, 1_520_000_001L, EventKind.SENT, 0xAB34FF19C2D1E7L);
        assertThat(log.attachment().name()).isEqualTo("events-2.csv.gz");
        assertThat(lines(log))
                .containsExactly(
                        "nanos,node,kind,cause,counter,datagram",
                        "1520000000,17,received,4,391,",
                        "1520000001,17,sent,,,00ab34ff19c2d1e7");
    }

    @Test
    void a_full_event_log_says_how_much_is_missing() throws Exception {
        var log = new EventLog(0, 20_000);
        var random = new SplittableRandom(3);
        int events = 100_000;
        for (int i = 0; i < events; i++) {
            log.record(i, i, EventKind.SENT, random.nextLong());
        }
        List<String> lines = lines(log);
        assertThat(lines.getLast()).matches("# cut: \\d+ events more");
        int cut = Integer.parseInt(lines.getLast().replaceAll("\\D", ""));
        assertThat(lines.size() - 2 + cut).isEqualTo(events);
        assertThat(cut).isPositive();
    }

    private static List<String> lines(EventLog log) throws IOException {
        var out = new ByteArrayOutputStream();
        log.attachment().content().writeTo(out);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static List<Block> blocks(byte[] file) {
        var blocks = new ArrayList<Block>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            int type = in.getInt();
            int length = in.getInt();
            assertThat(length % 4).isZero();
            byte[] inside = new byte[length - 12];
            in.get(inside);
            assertThat(in.getInt()).as("length at the end").isEqualTo(length);
            int fixed = switch (type) {
                case 0x0A0D0D0A -> 16;
                case 1 -> 8;
                case 5 -> 12;
                default ->
                    20 + (ByteBuffer.wrap(inside).order(ByteOrder.LITTLE_ENDIAN).getInt(12) + 3) / 4 * 4;
            };
            blocks.add(new Block(type, inside, options(inside, fixed)));
        }
        return blocks;
    }

    private static SortedMap<Integer, byte[]> options(byte[] inside, int at) {
        var options = new TreeMap<Integer, byte[]>();
        ByteBuffer in = ByteBuffer.wrap(inside).order(ByteOrder.LITTLE_ENDIAN).position(at);
        while (true) {
            int code = in.getShort();
            byte[] value = new byte[in.getShort()];
            if (code == 0) {
                assertThat(in.hasRemaining()).isFalse();
                return options;
            }
            in.get(value);
            in.position((in.position() + 3) / 4 * 4);
            options.put(code, value);
        }
    }

    private static ByteBuffer ints(Block block) {
        return ByteBuffer.wrap(block.body()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(Block block, int option) {
        return new String(block.options().get(option), StandardCharsets.UTF_8);
    }

    private static long number(Block block, int option) {
        return ByteBuffer.wrap(block.options().get(option))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    /// The one's complement sum of 16-bit words; of what carries its checksum it is all ones.
    private static int sum(ByteBuffer packet, int at, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i++) {
            int value = packet.get(at + i) & 0xFF;
            sum += i % 2 == 0 ? value << 8 : value;
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }
}
