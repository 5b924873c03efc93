package org.privatus.onion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.WindowSettings;

class GatewayTest {
    private static final int CREDIT = 100_000;
    private static final int WINDOW = 512;
    private static final int HIGH = RelaySettings.defaults().spliceHighWater();
    private static final int LOW = RelaySettings.defaults().spliceLowWater();

    private final RelayBench bench = new RelayBench(
            RelaySettings.defaults().withWindow(WindowSettings.fixed(WINDOW)).withBatchCells(32));
    private final byte[] token = token(1);

    private static byte[] token(int number) {
        byte[] token = new byte[32];
        token[0] = (byte) number;
        return token;
    }

    private BareClient receiver() throws MalformedPacketException {
        BareClient receiver = bench.client(CREDIT);
        assertThat(register(receiver, token)).isEqualTo(Status.OK);
        return receiver;
    }

    private static Status register(BareClient client, byte[] token) throws MalformedPacketException {
        client.send(RelayMessage.onCircuit(RelayCommand.REGISTER, token.clone()));
        return Status.of(client.received(RelayCommand.REGISTERED).getLast().body());
    }

    private BareClient sender(int stream) throws MalformedPacketException {
        BareClient sender = bench.client(CREDIT);
        assertThat(splice(sender, stream)).isEqualTo(Status.OK);
        return sender;
    }

    private Status splice(BareClient client, int stream) throws MalformedPacketException {
        client.send(RelayMessage.onStream(RelayCommand.SPLICE, stream, token.clone()));
        return Status.of(client.received(RelayCommand.SPLICED).getLast().body());
    }

    @Test
    void a_token_is_taken_once_and_free_when_its_circuit_is_gone() throws MalformedPacketException {
        BareClient first = receiver();
        assertThat(register(bench.client(CREDIT), token)).isEqualTo(Status.FAILED);
        bench.relay.channelClosed(first.channel(), bench.now);
        assertThat(bench.relay.view().registrations()).isZero();
        assertThat(register(bench.client(CREDIT), token)).isEqualTo(Status.OK);
    }

    @Test
    void an_unknown_token_is_not_found() throws MalformedPacketException {
        assertThat(splice(bench.client(CREDIT), 1)).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void each_splice_gets_a_fresh_stream_and_bytes_go_both_ways() throws MalformedPacketException {
        BareClient receiver = receiver();
        BareClient one = sender(9);
        BareClient another = sender(9);
        assertThat(receiver.received(RelayCommand.SPLICE))
                .extracting(RelayMessage::stream)
                .containsExactly(1, 2);
        one.data(9, new byte[] {1});
        another.data(9, new byte[] {2});
        receiver.data(2, new byte[] {3});
        assertThat(receiver.received(RelayCommand.DATA))
                .extracting(RelayMessage::stream)
                .containsExactly(1, 2);
        assertThat(another.received(RelayCommand.DATA).getFirst().body()).containsExactly(3);
        assertThat(one.received(RelayCommand.DATA)).isEmpty();
    }

    @Test
    void each_32_cells_are_acknowledged_with_their_tag() throws MalformedPacketException {
        receiver();
        BareClient sender = sender(1);
        for (int i = 0; i < 64; i++) {
            sender.data(1, new byte[1]);
        }
        assertThat(sender.received(RelayCommand.SENDME)).hasSize(2);
    }

    @Test
    void the_window_of_one_side_stops_the_other_by_XOFF_and_starts_it_by_XON() throws MalformedPacketException {
        BareClient receiver = receiver();
        BareClient sender = sender(1);
        int inQueue = WINDOW + HIGH;
        for (int i = 0; i < inQueue; i++) {
            sender.data(1, new byte[] {(byte) i});
        }
        assertThat(receiver.received(RelayCommand.DATA)).hasSize(WINDOW);
        assertThat(sender.received(RelayCommand.XOFF)).isEmpty();
        sender.data(1, new byte[1]);
        assertThat(sender.received(RelayCommand.XOFF)).hasSize(1);
        assertThat(bench.relay.view().queuedCells()).isEqualTo(HIGH + 1);

        int rounds = (HIGH + 1 - LOW + 31) / 32;
        for (int n = 0; n < rounds; n++) {
            assertThat(sender.received(RelayCommand.XON)).isEmpty();
            receiver.sendme(receiver.tag(RelayCommand.DATA, 31 + 32 * n));
        }
        assertThat(sender.received(RelayCommand.XON)).hasSize(1);
        assertThat(receiver.received(RelayCommand.DATA)).hasSize(WINDOW + 32 * rounds);
        List<RelayMessage> all = receiver.received(RelayCommand.DATA);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).body()).containsExactly((byte) i);
        }
        assertThat(bench.jobsRun).as("batches of 32 are jobs").isGreaterThanOrEqualTo(4);
    }

    @Test
    void whoever_sends_on_after_XOFF_loses_the_splice_and_not_the_circuit() throws MalformedPacketException {
        BareClient receiver = receiver();
        BareClient sender = sender(1);
        for (int i = 0; i < WINDOW + WindowSettings.MAX_CELLS + HIGH + 40; i++) {
            sender.data(1, new byte[1]);
        }
        RelayMessage end = sender.received(RelayCommand.END).getFirst();
        assertThat(StreamEnd.of(end.body())).isEqualTo(StreamEnd.OVERFLOW);
        assertThat(receiver.received(RelayCommand.END)).hasSize(1);
        assertThat(sender.isDestroyed()).isFalse();
        assertThat(receiver.isDestroyed()).isFalse();
        assertThat(bench.relay.view().queuedCells()).isZero();
    }

    @Test
    void a_held_stream_gets_nothing_until_it_is_released() throws MalformedPacketException {
        BareClient receiver = receiver();
        BareClient sender = sender(1);
        receiver.send(RelayMessage.onStream(RelayCommand.XOFF, 1, new byte[0]));
        sender.data(1, new byte[1]);
        assertThat(receiver.received(RelayCommand.DATA)).isEmpty();
        receiver.send(RelayMessage.onStream(RelayCommand.XON, 1, new byte[0]));
        assertThat(receiver.received(RelayCommand.DATA)).hasSize(1);
    }

    @Test
    void what_was_sent_arrives_before_the_end() throws MalformedPacketException {
        BareClient receiver = receiver();
        BareClient sender = sender(1);
        for (int i = 0; i < WINDOW + 10; i++) {
            sender.data(1, new byte[1]);
        }
        sender.send(RelayMessage.onStream(RelayCommand.END, 1, StreamEnd.DONE.toBytes()));
        bench.relay.channelClosed(sender.channel(), bench.now);
        assertThat(receiver.received(RelayCommand.END)).isEmpty();
        receiver.sendme(receiver.tag(RelayCommand.DATA, 31));
        assertThat(receiver.received(RelayCommand.DATA)).hasSize(WINDOW + 10);
        assertThat(StreamEnd.of(receiver.received(RelayCommand.END).getFirst().body()))
                .isEqualTo(StreamEnd.DONE);
        assertThat(bench.relay.view().splices()).isZero();
    }

    @Test
    void a_circuit_that_dies_ends_its_splices() throws MalformedPacketException {
        BareClient receiver = receiver();
        BareClient sender = sender(1);
        bench.relay.channelClosed(receiver.channel(), bench.now);
        RelayMessage end = sender.received(RelayCommand.END).getFirst();
        assertThat(StreamEnd.of(end.body())).isEqualTo(StreamEnd.CIRCUIT_GONE);
        sender.data(1, new byte[1]);
        assertThat(sender.isDestroyed()).as("late cells are no violation").isFalse();
    }

    @Test
    void one_circuit_takes_256_splices() throws MalformedPacketException {
        receiver();
        BareClient sender = bench.client(CREDIT);
        for (int i = 1; i <= 256; i++) {
            bench.pass(1);
            assertThat(splice(sender, i)).as("splice %d", i).isEqualTo(Status.OK);
        }
        bench.pass(1);
        assertThat(splice(sender, 257)).isEqualTo(Status.LIMIT);
        assertThat(splice(bench.client(CREDIT), 1)).isEqualTo(Status.LIMIT);
    }

    @Test
    void a_queue_without_credit_is_bounded() throws MalformedPacketException {
        RelayBench slow = new RelayBench();
        BareClient client = slow.client(3);
        for (int i = 0;
                i < RelaySettings.defaults().maxQueuedCellsPerCircuit() + 100 && !slow.isClosed(client.channel());
                i++) {
            slow.pass(1);
            client.send(RelayMessage.onCircuit(RelayCommand.ECHO, new byte[8]));
        }
        assertThat(slow.isClosed(client.channel())).isTrue();
        assertThat(slow.relay.view().queuedCells()).isZero();
    }
}
