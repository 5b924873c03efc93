package org.privatus.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.simulation.engine.ShardMap;
import org.privatus.simulation.network.RemoteDatagram;
import org.privatus.simulation.shard.Batch;
import org.privatus.simulation.shard.MemberLostException;
import org.privatus.simulation.shard.WindowEnd;
import org.privatus.testing.Seeded;

class ClusterExchangeTest {
    private static final ShardMap MAP = new ShardMap(10, 2);
    private static final int WINDOWS = 5;

    @Seeded(10)
    void batches_of_any_size_arrive_whole_and_in_their_window(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        Wire there = new Wire();
        Wire back = new Wire();
        var sender = new ClusterExchange(MAP, 0, new Loopback(there, back), Duration.ofMinutes(1));
        var receiver = new ClusterExchange(MAP, 1, new Loopback(back, there), Duration.ofMinutes(1));
        for (int window = 0; window < WINDOWS; window++) {
            List<RemoteDatagram> sent = datagrams(random, random.nextInt(3) * random.nextInt(800));
            var mine = new WindowEnd(window, 10 + window, window == 2, new long[] {window, -1});
            back.fill(window, mine);
            WindowEnd merged = sender.swap(mine, List.of(new Batch(0, 0), batch(sent)), batch -> {});
            assertThat(merged.totals()).containsExactly(2 * window, -2);
            var arrived = new ArrayList<RemoteDatagram>();
            WindowEnd all =
                    receiver.swap(mine, List.of(new Batch(1, 0), new Batch(1, 1)), batch -> take(batch, arrived));
            back.chunks.clear();
            assertThat(lines(arrived)).isEqualTo(lines(sent));
            assertThat(all.earliestNanos()).isEqualTo(window);
            assertThat(all.events()).isEqualTo(2L * (10 + window));
            assertThat(all.stopWanted()).isEqualTo(window == 2);
        }
    }

    @Test
    void who_waits_for_a_lost_member_is_told() {
        var exchange = new ClusterExchange(MAP, 0, new Loopback(new Wire(), new Wire()), Duration.ofMinutes(1));
        exchange.lose("member 1 is lost");
        exchange.lose("and another");
        assertThatThrownBy(() -> swapEmpty(exchange))
                .isInstanceOf(MemberLostException.class)
                .hasMessage("member 1 is lost");
    }

    @Test
    void nobody_is_waited_for_without_end() {
        var exchange = new ClusterExchange(MAP, 0, new Loopback(new Wire(), new Wire()), Duration.ofMillis(1));
        assertThatThrownBy(() -> swapEmpty(exchange))
                .isInstanceOf(MemberLostException.class)
                .hasMessageContaining("in vain for the batch of shard 1");
    }

    private static void swapEmpty(ClusterExchange exchange) throws MemberLostException {
        exchange.swap(new WindowEnd(0, 0, false, new long[0]), List.of(new Batch(0, 0), new Batch(0, 1)), batch -> {});
    }

    private static List<String> lines(List<RemoteDatagram> datagrams) {
        return datagrams.stream()
                .map(each -> each.timeNanos() + " " + each.cause() + " " + each.sequence() + " " + each.toNode() + " "
                        + each.from() + " " + each.to() + " " + each.bytes().length + " "
                        + Arrays.hashCode(each.bytes()))
                .toList();
    }

    private static void take(Batch batch, List<RemoteDatagram> into) {
        for (int i = 0; i < batch.size(); i++) {
            into.add(batch.get(i));
        }
    }

    private static Batch batch(List<RemoteDatagram> datagrams) {
        var batch = new Batch(0, 1);
        datagrams.forEach(batch::add);
        return batch;
    }

    private static List<RemoteDatagram> datagrams(SplittableRandom random, int count) {
        var datagrams = new ArrayList<RemoteDatagram>();
        for (int i = 0; i < count; i++) {
            var bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(65_508) : random.nextInt(1400)];
            random.nextBytes(bytes);
            var address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            address[0] = 0x20;
            datagrams.add(new RemoteDatagram(
                    random.nextLong(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextInt(),
                    Endpoint.of(address, random.nextInt(65_536)),
                    Endpoint.parse("20.0.0.1:4460"),
                    bytes));
        }
        return datagrams;
    }

    /// Chunks on their way in one direction.
    private static final class Wire {
        private final Queue<byte[]> chunks = new ArrayDeque<>();

        /// As if shard 1 had sent an empty batch.
        void fill(long window, WindowEnd end) {
            var chunk = new UnsafeBuffer(new byte[Chunks.HEADER_BYTES + Chunks.END_BYTES_MAX]);
            chunk.putLong(Chunks.WINDOW, window);
            chunk.putInt(Chunks.FROM, 1);
            chunk.putByte(Chunks.LAST, (byte) 1);
            Chunks.putEnd(chunk, Chunks.HEADER_BYTES, end);
            chunks.add(chunk.byteArray());
        }
    }

    private record Loopback(Wire out, Wire in) implements BatchTransport {
        @Override
        public boolean offer(int toShard, DirectBuffer chunk, int length) {
            assertThat(length).isLessThanOrEqualTo(CHUNK_BYTES_MAX);
            var bytes = new byte[length];
            chunk.getBytes(0, bytes);
            return out.chunks.add(bytes);
        }

        @Override
        public int poll(ChunkHandler handler) {
            byte[] bytes = in.chunks.poll();
            if (bytes == null) {
                return 0;
            }
            handler.chunk(new UnsafeBuffer(bytes), 0, bytes.length);
            return 1;
        }

        @Override
        public void await(int inVain) {}

        @Override
        public void close() {}
    }
}
