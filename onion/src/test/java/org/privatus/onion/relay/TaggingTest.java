package org.privatus.onion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;

/// Two relays of one circuit work together, with an honest one between them: the first marks cells, the other looks for
/// the mark with all that it knows.
class TaggingTest {
    private static final int TRIALS = 2_000;
    private static final int BODY = ChannelCell.BODY_OFFSET;

    private final CryptoSuite suite = new StandardSuite();
    private final RandomFill fill = new RandomFill(suite, new SecureRandom());
    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[][] marks = {mark(), mark()};

    /// A few bits within the message.
    private byte[] mark() {
        byte[] mark = new byte[ChannelCell.LENGTH];
        for (int i = 0; i < 64; i++) {
            mark[100 + random.nextInt(400)] |= (byte) (1 << random.nextInt(8));
        }
        return mark;
    }

    private static int distance(byte[] one, byte[] other) {
        int bits = 0;
        for (int i = BODY; i < one.length; i++) {
            bits += Integer.bitCount((one[i] ^ other[i]) & 0xff);
        }
        return bits;
    }

    private static void apply(byte[] cell, byte[] mark) {
        for (int i = BODY; i < cell.length; i++) {
            cell[i] ^= mark[i];
        }
    }

    /// The nearer of the two marks.
    private int guess(byte[] seen, byte[] expected) {
        int[] distances = new int[2];
        for (int i = 0; i < 2; i++) {
            byte[] marked = expected.clone();
            apply(marked, marks[i]);
            distances[i] = distance(seen, marked);
        }
        return distances[0] <= distances[1] ? 0 : 1;
    }

    private byte[] seed() {
        byte[] seed = new byte[ClientCircuitCrypto.SEED_LENGTH];
        random.nextBytes(seed);
        return seed;
    }

    /// Four standard deviations on either side.
    private static void assertChance(int right) {
        assertThat(right).isBetween(TRIALS / 2 - 90, TRIALS / 2 + 90);
    }

    @Test
    void a_mark_on_the_way_out_is_noise_behind_an_honest_hop() {
        int right = 0;
        int recognised = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            ClientCircuitCrypto client = new ClientCircuitCrypto(suite);
            List<RelayHop> hops = hops(client);
            byte[] plain = new byte[ChannelCell.LENGTH];
            plain[0] = ChannelCell.RELAY;
            RelayMessage.onStream(RelayCommand.DATA, 1, new byte[RelayMessage.MAX_STREAM_BODY])
                    .write(plain, 0, fill);
            byte[] cell = plain.clone();
            client.originate(2, ChannelCell.RELAY, cell, BODY);
            hops.get(0).forward(ChannelCell.RELAY, cell, BODY);
            int chosen = random.nextInt(2);
            apply(cell, marks[chosen]);
            hops.get(1).forward(ChannelCell.RELAY, cell, BODY);
            recognised += hops.get(2).forward(ChannelCell.RELAY, cell, BODY) ? 1 : 0;
            right += guess(cell, plain) == chosen ? 1 : 0;
        }
        assertThat(recognised).isZero();
        assertChance(right);
    }

    @Test
    void a_mark_on_the_way_back_is_noise_behind_an_honest_hop() {
        int right = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            ClientCircuitCrypto client = new ClientCircuitCrypto(suite);
            List<RelayHop> hops = hops(client);
            byte[] cell = new byte[ChannelCell.LENGTH];
            random.nextBytes(cell);
            hops.get(2).backward(ChannelCell.RELAY, cell, BODY);
            byte[] sent = cell.clone();
            int chosen = random.nextInt(2);
            apply(cell, marks[chosen]);
            hops.get(1).backward(ChannelCell.RELAY, cell, BODY);
            right += guess(cell, sent) == chosen ? 1 : 0;
        }
        assertChance(right);
    }

    @Test
    void two_cells_that_differ_in_one_bit_have_nothing_in_common_behind_an_honest_hop() {
        long bits = 0;
        for (int trial = 0; trial < 200; trial++) {
            byte[] seed = seed();
            byte[] one = new byte[ChannelCell.LENGTH];
            random.nextBytes(one);
            byte[] other = one.clone();
            other[BODY + random.nextInt(ChannelCell.BODY_LENGTH)] ^= (byte) (1 << random.nextInt(8));
            new RelayHop(suite, seed).forward(ChannelCell.RELAY, one, BODY);
            new RelayHop(suite, seed).forward(ChannelCell.RELAY, other, BODY);
            bits += distance(one, other);
        }
        double share = bits / (200.0 * 8 * ChannelCell.BODY_LENGTH);
        assertThat(share).isBetween(0.49, 0.51);
    }

    private List<RelayHop> hops(ClientCircuitCrypto client) {
        List<RelayHop> hops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] seed = seed();
            client.addHop(seed);
            hops.add(new RelayHop(suite, seed));
        }
        return hops;
    }
}
