package org.privatus.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;

class DatagramHashTest {
    private static final Endpoint TO = SimulatedNetwork.endpointOf(3);

    @Test
    void every_bit_of_every_length_counts() {
        var random = new Random(1);
        for (int length = 0; length <= 100; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            var hashes = new TreeSet<Long>();
            hashes.add(DatagramHash.of(TO, bytes));
            for (int bit = 0; bit < 8 * length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                hashes.add(DatagramHash.of(TO, bytes));
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(hashes).as("length %d", length).hasSize(1 + 8 * length);
        }
    }

    @Test
    void the_receiver_the_length_and_the_order_of_words_count() {
        var bytes = new byte[128];
        for (int i = 0; i < 16; i++) {
            bytes[8 * i] = (byte) i;
        }
        var hashes = new TreeSet<Long>();
        hashes.add(DatagramHash.of(TO, bytes));
        hashes.add(DatagramHash.of(TO.withPort(1), bytes));
        hashes.add(DatagramHash.of(SimulatedNetwork.endpointOf(4), bytes));
        hashes.add(DatagramHash.of(TO, Arrays.copyOf(bytes, 120)));
        hashes.add(DatagramHash.of(TO, Arrays.copyOf(bytes, 129)));
        for (int other = 1; other < 16; other++) {
            byte[] swapped = bytes.clone();
            swapped[0] = bytes[8 * other];
            swapped[8 * other] = bytes[0];
            hashes.add(DatagramHash.of(TO, swapped));
        }
        assertThat(hashes).hasSize(5 + 15);
    }
}
