package org.privatus.crypto.cgo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.testing.Seeded;

class CircuitCryptoTest {
    private static final int RELAY = 3;
    private static final int OFFSET = 3;

    private final CryptoSuite suite = new StandardSuite();
    private final ClientCircuitCrypto client = new ClientCircuitCrypto(suite);
    private final List<RelayHop> relays = new ArrayList<>();

    @Seeded
    void cells_arrive_at_their_hop_and_come_back_from_it(long seed) {
        Random random = new Random(seed);
        build(random, 1 + random.nextInt(ClientCircuitCrypto.MAX_HOPS));
        for (int i = 0; i < 20; i++) {
            int hop = random.nextInt(relays.size());
            byte[] message = random(random, ClientCircuitCrypto.MESSAGE_LENGTH);
            byte[] cell = cell(message);
            if (random.nextBoolean()) {
                client.originate(hop, RELAY, cell, OFFSET);
                assertThat(recognisedBy(cell)).isEqualTo(hop);
                assertThat(client.sentTag()).isEqualTo(relays.get(hop).receivedTag());
                byte[] tags = new byte[40];
                client.copySentTag(tags, 1);
                relays.get(hop).copyReceivedTag(tags, 20);
                assertThat(Arrays.copyOfRange(tags, 1, 17)).isEqualTo(client.sentTag());
                assertThat(Arrays.copyOfRange(tags, 20, 36)).isEqualTo(client.sentTag());
            } else {
                sendBack(hop, cell);
                assertThat(client.receive(RELAY, cell, OFFSET)).isEqualTo(hop);
                assertThat(client.receivedTag()).isEqualTo(relays.get(hop).sentTag());
                byte[] tags = new byte[40];
                client.copyReceivedTag(tags, 1);
                relays.get(hop).copySentTag(tags, 20);
                assertThat(Arrays.copyOfRange(tags, 1, 17)).isEqualTo(client.receivedTag());
                assertThat(Arrays.copyOfRange(tags, 20, 36)).isEqualTo(client.receivedTag());
            }
            assertThat(message(cell)).isEqualTo(message);
        }
    }

    @Seeded
    void a_flipped_bit_ends_the_direction_for_good(long seed) {
        Random random = new Random(seed);
        build(random, 3);
        byte[] cell = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
        client.originate(2, RELAY, cell, OFFSET);
        cell[OFFSET + random.nextInt(ClientCircuitCrypto.BODY_LENGTH)] ^= (byte) (1 << random.nextInt(8));
        assertThat(recognisedBy(cell)).isEqualTo(ClientCircuitCrypto.UNRECOGNISED);
        for (int i = 0; i < 5; i++) {
            byte[] later = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
            client.originate(random.nextInt(3), RELAY, later, OFFSET);
            assertThat(recognisedBy(later)).isEqualTo(ClientCircuitCrypto.UNRECOGNISED);
        }
    }

    @Seeded
    void a_bit_flipped_on_the_way_back_ends_the_direction_for_good(long seed) {
        Random random = new Random(seed);
        build(random, 3);
        byte[] cell = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
        sendBack(2, cell);
        cell[OFFSET + random.nextInt(ClientCircuitCrypto.BODY_LENGTH)] ^= (byte) (1 << random.nextInt(8));
        assertThat(client.receive(RELAY, cell, OFFSET)).isEqualTo(ClientCircuitCrypto.UNRECOGNISED);
        for (int i = 0; i < 5; i++) {
            byte[] later = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
            sendBack(2, later);
            assertThat(client.receive(RELAY, later, OFFSET)).isEqualTo(ClientCircuitCrypto.UNRECOGNISED);
        }
    }

    @Test
    void a_replayed_cell_is_not_recognised() {
        build(new Random(1), 2);
        byte[] cell = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
        client.originate(1, RELAY, cell, OFFSET);
        byte[] copy = cell.clone();
        assertThat(recognisedBy(cell)).isEqualTo(1);
        assertThat(recognisedBy(copy)).isEqualTo(ClientCircuitCrypto.UNRECOGNISED);
    }

    @Test
    void a_hop_may_be_added_while_cells_flow() {
        Random random = new Random(2);
        build(random, 1);
        byte[] first = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
        client.originate(0, RELAY, first, OFFSET);
        assertThat(recognisedBy(first)).isZero();
        build(random, 1);
        byte[] second = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
        client.originate(1, RELAY, second, OFFSET);
        assertThat(recognisedBy(second)).isEqualTo(1);
        assertThat(client.hops()).isEqualTo(2);
    }

    @Test
    void an_erased_circuit_has_no_hops_and_its_relays_no_keys() {
        build(new Random(3), 2);
        client.erase();
        relays.getFirst().erase();
        byte[] cell = cell(new byte[ClientCircuitCrypto.MESSAGE_LENGTH]);
        assertThat(client.hops()).isZero();
        assertThat(client.receive(RELAY, cell, OFFSET)).isEqualTo(ClientCircuitCrypto.UNRECOGNISED);
        assertThatThrownBy(() -> client.originate(0, RELAY, cell, OFFSET)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> relays.getFirst().forward(RELAY, cell, OFFSET))
                .isInstanceOf(IllegalStateException.class);
    }

    private void build(Random random, int hops) {
        for (int i = 0; i < hops; i++) {
            byte[] seed = random(random, ClientCircuitCrypto.SEED_LENGTH);
            client.addHop(seed);
            relays.add(new RelayHop(suite, seed));
        }
    }

    private int recognisedBy(byte[] cell) {
        for (int hop = 0; hop < relays.size(); hop++) {
            if (relays.get(hop).forward(RELAY, cell, OFFSET)) {
                return hop;
            }
        }
        return ClientCircuitCrypto.UNRECOGNISED;
    }

    private void sendBack(int origin, byte[] cell) {
        relays.get(origin).originate(RELAY, cell, OFFSET);
        for (int hop = origin - 1; hop >= 0; hop--) {
            relays.get(hop).backward(RELAY, cell, OFFSET);
        }
    }

    private static byte[] cell(byte[] message) {
        byte[] cell = new byte[OFFSET + ClientCircuitCrypto.BODY_LENGTH];
        System.arraycopy(message, 0, cell, OFFSET + ClientCircuitCrypto.TAG_LENGTH, message.length);
        return cell;
    }

    private static byte[] message(byte[] cell) {
        return Arrays.copyOfRange(cell, OFFSET + ClientCircuitCrypto.TAG_LENGTH, cell.length);
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
