package org.privatus.onion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.OnionKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.DoorSettings;
import org.privatus.onion.MeasuringSettings;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.ExtendFailure;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.Reassembly;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.flow.WindowSettings;
import org.privatus.testing.Seeded;

class RelayTest {
    private static final int CREDIT = 10_000;

    private final RelayBench bench = new RelayBench();

    private static RelayMessage circuit(int command, byte... body) {
        return RelayMessage.onCircuit(command, body);
    }

    // ---- handshakes

    @Test
    void the_previous_onion_key_is_accepted_and_the_one_before_is_not() {
        OnionKey first = bench.onionKeys.current().key();
        var second = bench.onionKeys.rotate(bench.suite, bench.keys, 1);
        bench.relay.onionKeysChanged(second);
        BareClient late = new BareClient(bench, bench.channel(CREDIT), first);
        late.create();
        assertThat(late.isOpen()).isTrue();

        bench.relay.onionKeysChanged(second.rotate(bench.suite, bench.keys, 2));
        BareClient tooLate = new BareClient(bench, bench.channel(CREDIT), first);
        tooLate.create();
        assertThat(tooLate.isDestroyed()).isTrue();
    }

    @Test
    void a_channel_without_a_handshake_is_closed() {
        long channel = bench.channel(CREDIT);
        bench.pass(11);
        assertThat(bench.isClosed(channel)).isTrue();
        assertThat(bench.relay.view().circuits()).isZero();
        assertThat(bench.relay.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void circuits_are_bounded() {
        RelaySettings few = new RelaySettings(
                16,
                16,
                1_024,
                576,
                32,
                0,
                32,
                WindowSettings.defaults(),
                MeasuringSettings.defaults(),
                500,
                Duration.ofMillis(10),
                DoorSettings.defaults(),
                4,
                RelaySettings.defaults().dhtInterval(),
                RelaySettings.defaults().createTimeout(),
                RelaySettings.defaults().extendTimeout(),
                RelaySettings.defaults().maxAge(),
                false);
        RelayBench small = new RelayBench(few);
        for (int i = 0; i < 16; i++) {
            small.channel(CREDIT);
        }
        assertThat(small.closed).isEmpty();
        long refused = small.channel(CREDIT);
        assertThat(small.closed).containsExactly(refused);
    }

    // ---- violations

    @Test
    void a_forged_acknowledgement_kills_the_circuit() {
        BareClient client = bench.client(CREDIT);
        client.sendme(new byte[16]);
        assertThat(client.isDestroyed()).isTrue();
    }

    @Test
    void a_cell_that_nobody_recognises_kills_the_circuit() {
        BareClient client = bench.client(CREDIT);
        byte[] cell = ChannelCell.allocate(ChannelCell.RELAY);
        bench.keys.nextBytes(cell);
        cell[0] = ChannelCell.RELAY;
        cell[1] = 0;
        cell[2] = 0;
        bench.cell(client.channel(), cell);
        assertThat(client.isDestroyed()).isTrue();
    }

    @Test
    void a_repeated_cell_kills_the_circuit() {
        BareClient client = bench.client(CREDIT);
        byte[] cell = client.seal(circuit(RelayCommand.ECHO, (byte) 7), ChannelCell.RELAY);
        bench.cell(client.channel(), cell.clone());
        assertThat(client.received(RelayCommand.ECHOED)).hasSize(1);
        bench.cell(client.channel(), cell);
        assertThat(client.received(RelayCommand.ECHOED)).hasSize(1);
        assertThat(client.isDestroyed()).isTrue();
    }

    @Test
    void a_flood_of_echoes_kills_the_circuit() {
        BareClient client = bench.client(CREDIT);
        for (int i = 0; i < 8; i++) {
            client.send(circuit(RelayCommand.ECHO, (byte) i));
        }
        assertThat(client.received(RelayCommand.ECHOED)).hasSize(8);
        client.send(circuit(RelayCommand.ECHO));
        assertThat(client.isDestroyed()).isTrue();
    }

    @Test
    void messages_that_only_relays_send_kill_the_circuit() {
        for (int command : List.of(RelayCommand.EXTENDED, RelayCommand.REGISTERED, RelayCommand.ECHOED)) {
            BareClient client = bench.client(CREDIT);
            client.send(circuit(command));
            assertThat(client.isDestroyed()).as("command %d", command).isTrue();
        }
    }

    @Test
    void an_unfinished_payload_ends_the_circuit_after_five_seconds() {
        BareClient client = bench.client(CREDIT);
        client.send(Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, 1, new byte[900])
                .getFirst());
        bench.pass(4.9);
        assertThat(client.isDestroyed()).isFalse();
        bench.pass(0.2);
        assertThat(client.isDestroyed()).isTrue();
    }

    @Seeded(10)
    void noise_in_place_of_cells_throws_nothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30; i++) {
            BareClient client = bench.client(CREDIT);
            for (int n = 0; n < 3; n++) {
                byte[] cell = new byte[random.nextInt(4) == 0 ? random.nextInt(600) : ChannelCell.LENGTH];
                random.nextBytes(cell);
                if (cell.length > 3 && random.nextBoolean()) {
                    cell[0] = (byte)
                            List.of(3, 4, 9, 10, 11).get(random.nextInt(5)).intValue();
                    cell[1] = 0;
                    cell[2] = 0;
                }
                bench.cell(client.channel(), cell);
            }
        }
        assertThat(bench.relay.view().circuits()).isZero();
    }

    @Seeded(10)
    void sealed_noise_throws_nothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            BareClient client = bench.client(CREDIT);
            byte[] body = new byte[random.nextInt(480)];
            random.nextBytes(body);
            int command = List.of(2, 3, 5, 43, 44, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76)
                    .get(random.nextInt(18));
            boolean onStream = command == 2 || command == 3 || command == 43 || command == 44;
            RelayMessage message = onStream || (command >= 69 && command <= 74)
                    ? RelayMessage.onStream(command, 1 + random.nextInt(0xffff), body)
                    : RelayMessage.onCircuit(command, body);
            client.sendEarly(message);
        }
        assertThat(bench.relay.view().circuits()).isLessThanOrEqualTo(60);
    }

    // ---- extending

    private void extend(BareClient client, Contact to) {
        byte[] handshake = new byte[1_312];
        WireWriter out = WireWriter.allocate(to.length() + handshake.length);
        to.write(out);
        byte[] payload = out.bytes(handshake).toBytes();
        Fragments.messages(Kind.EXTEND, RelayCommand.EXTEND, 0, payload).forEach(client::sendEarly);
    }

    private ExtendFailure failure(BareClient client) {
        return ExtendFailure.of(
                client.received(RelayCommand.EXTEND_FAILED).getLast().body());
    }

    @Test
    void private_addresses_are_not_dialled() {
        for (String endpoint : List.of("127.0.0.1:80", "10.1.2.3:80", "192.168.0.1:80", "[::1]:80", "[fe80::1]:80")) {
            BareClient client = bench.client(CREDIT);
            extend(client, bench.someone(1).at(Endpoint.parse(endpoint)));
            assertThat(failure(client)).as(endpoint).isEqualTo(ExtendFailure.FORBIDDEN);
        }
        assertThat(bench.dialled).isEmpty();
    }

    @Test
    void laboratories_dial_private_addresses() {
        RelayBench laboratory = new RelayBench(RelaySettings.defaults().withLaboratory(true));
        BareClient client = laboratory.client(CREDIT);
        extend(client, laboratory.someone(1).at(Endpoint.parse("127.0.0.1:80")));
        assertThat(laboratory.dialled).hasSize(1);
    }

    @Test
    void a_relay_does_not_dial_itself() {
        BareClient client = bench.client(CREDIT);
        extend(client, bench.identity.contact(Endpoint.parse("81.1.1.1:80"), 0));
        assertThat(failure(client)).isEqualTo(ExtendFailure.FORBIDDEN);
    }

    @Test
    void one_circuit_makes_a_relay_dial_twice_at_most() {
        BareClient client = bench.client(CREDIT);
        for (int i = 0; i < 2; i++) {
            extend(client, bench.someone(i));
            bench.relay.channelClosed(new ArrayList<>(bench.dialled.keySet()).getLast(), bench.now);
            assertThat(failure(client)).isEqualTo(ExtendFailure.UNREACHABLE);
        }
        extend(client, bench.someone(3));
        assertThat(failure(client)).isEqualTo(ExtendFailure.LIMIT);
        assertThat(bench.dialled).hasSize(2);
        client.send(circuit(RelayCommand.ECHO, (byte) 1));
        assertThat(client.received(RelayCommand.ECHOED)).hasSize(1);
    }

    @Test
    void an_answer_too_long_to_pass_on_ends_the_circuit_alone() {
        BareClient client = bench.client(CREDIT);
        extend(client, bench.someone(1));
        long outer = bench.dialled.keySet().iterator().next();
        bench.relay.channelReady(outer, 10, bench.now);
        byte[] answer = new byte[Fragments.MAX_FRAGMENTS * Fragments.CELL_CHUNK];
        bench.cell(outer, Fragments.cells(Kind.CREATED, ChannelCell.CREATED, answer));
        assertThat(client.isDestroyed()).isTrue();
        assertThat(bench.relay.view().circuits()).isZero();
    }

    @Test
    void a_next_relay_that_never_answers_is_given_up() {
        BareClient client = bench.client(CREDIT);
        extend(client, bench.someone(1));
        long outer = bench.dialled.keySet().iterator().next();
        bench.relay.channelReady(outer, 10, bench.now);
        assertThat(bench.sent.get(outer)).hasSize(3);
        bench.pass(11);
        assertThat(failure(client)).isEqualTo(ExtendFailure.UNREACHABLE);
        assertThat(bench.isClosed(outer)).isTrue();
    }

    @Test
    void extending_takes_early_cells() {
        BareClient client = bench.client(CREDIT);
        byte[] payload = new byte[1_400];
        client.send(
                Fragments.messages(Kind.EXTEND, RelayCommand.EXTEND, 0, payload).getFirst());
        assertThat(client.isDestroyed()).isTrue();
    }

    // ---- the DHT

    @Test
    void lookups_and_stores_are_executed_and_answered() throws MalformedPacketException {
        BareClient client = bench.client(CREDIT);
        NodeId target = bench.identity.id();
        client.send(RelayMessage.onStream(RelayCommand.DHT_GET, 5, target.toBytes()));
        assertThat(bench.lookups).containsExactly(target);
        byte[] record = new byte[1_000];
        bench.keys.nextBytes(record);
        bench.dhtDone(Optional.of(record), false);
        assertThat(gathered(client))
                .startsWith(Status.OK.toBytes())
                .endsWith(record)
                .hasSize(1_001);

        Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, 6, record).forEach(client::send);
        assertThat(bench.stores.getFirst()).isEqualTo(record);
        bench.dhtDone(Optional.empty(), true);
        RelayMessage stored = client.received(RelayCommand.DHT_STORED).getFirst();
        assertThat(stored.stream()).isEqualTo(6);
        assertThat(Status.of(stored.body())).isEqualTo(Status.OK);
    }

    private static byte[] gathered(BareClient client) throws MalformedPacketException {
        Reassembly reassembly = new Reassembly();
        Optional<byte[]> payload = Optional.empty();
        for (RelayMessage message : client.received(RelayCommand.DHT_GOT)) {
            payload = reassembly.acceptMessage(Kind.DHT_GOT, message, 0);
        }
        return payload.orElseThrow();
    }

    @Test
    void operations_of_one_circuit_are_few_at_a_time() throws MalformedPacketException {
        BareClient client = bench.client(CREDIT);
        for (int i = 1; i <= 5; i++) {
            client.send(RelayMessage.onStream(RelayCommand.DHT_GET, i, new byte[32]));
        }
        assertThat(bench.lookups).hasSize(4);
        assertThat(Status.of(gathered(client))).isEqualTo(Status.LIMIT);
    }

    @Test
    void answers_for_circuits_that_are_gone_do_nothing() {
        BareClient client = bench.client(CREDIT);
        client.send(RelayMessage.onStream(RelayCommand.DHT_GET, 1, new byte[32]));
        bench.relay.channelClosed(client.channel(), bench.now);
        bench.dhtDone(Optional.empty(), false);
        assertThat(bench.relay.view().circuits()).isZero();
    }
}
