package org.privatus.onion.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.testing.Seeded;

class ReassemblyTest {
    private final Reassembly reassembly = new Reassembly();

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        new SplittableRandom(length).nextBytes(payload);
        return payload;
    }

    @Test
    void handshakes_take_three_cells_each_way() {
        assertThat(Fragments.cells(Kind.CREATE, ChannelCell.CREATE, new byte[HybridClient.CLIENT_HANDSHAKE_LENGTH]))
                .hasSize(3 * ChannelCell.LENGTH);
        assertThat(Fragments.cells(Kind.CREATED, ChannelCell.CREATED, new byte[HybridClient.RELAY_HANDSHAKE_LENGTH]))
                .hasSize(3 * ChannelCell.LENGTH);
        assertThat(Fragments.messages(
                        Kind.EXTEND, RelayCommand.EXTEND, 0, new byte[HybridClient.CLIENT_HANDSHAKE_LENGTH + 67]))
                .hasSize(3);
    }

    @Test
    void every_length_comes_back() throws MalformedPacketException {
        for (int length : List.of(0, 1, 483, 484, 485, 505, 506, 968, 1_001, 1_312, 1_452)) {
            byte[] payload = payload(length);
            Optional<byte[]> whole = Optional.empty();
            for (RelayMessage message : Fragments.messages(Kind.DHT_GOT, RelayCommand.DHT_GOT, 3, payload)) {
                assertThat(whole).isEmpty();
                whole = reassembly.acceptMessage(Kind.DHT_GOT, message, 0);
            }
            assertThat(whole.orElseThrow()).isEqualTo(payload);
            byte[] run = Fragments.cells(Kind.CREATE, ChannelCell.CREATE, payload);
            for (int at = 0; at < run.length; at += ChannelCell.LENGTH) {
                whole = reassembly.acceptCell(Kind.CREATE, run, at, 0);
            }
            assertThat(whole.orElseThrow()).isEqualTo(payload);
        }
    }

    @Test
    void a_second_payload_may_not_begin_before_the_first_is_whole() throws MalformedPacketException {
        List<RelayMessage> one = Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, 1, payload(900));
        List<RelayMessage> two = Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, 2, payload(900));
        reassembly.acceptMessage(Kind.DHT_PUT, one.getFirst(), 0);
        assertThatThrownBy(() -> reassembly.acceptMessage(Kind.DHT_PUT, two.getFirst(), 0))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> reassembly.acceptMessage(Kind.DHT_PUT, two.get(1), 0))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void fragments_come_in_order_and_of_one_kind() {
        List<RelayMessage> messages = Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, 1, payload(900));
        assertThatThrownBy(() -> reassembly.acceptMessage(Kind.DHT_PUT, messages.get(1), 0))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> reassembly.acceptMessage(Kind.DHT_GOT, messages.getFirst(), 0))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void too_long_a_payload_is_refused_at_its_first_fragment() {
        byte[] body = new byte[488];
        body[0] = 5;
        body[2] = 0x7f;
        assertThatThrownBy(() ->
                        reassembly.acceptMessage(Kind.DHT_PUT, RelayMessage.onStream(RelayCommand.DHT_PUT, 1, body), 0))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void a_pending_payload_has_five_seconds() throws MalformedPacketException {
        assertThat(reassembly.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        List<RelayMessage> messages = Fragments.messages(Kind.DHT_PUT, RelayCommand.DHT_PUT, 1, payload(900));
        reassembly.acceptMessage(Kind.DHT_PUT, messages.getFirst(), 7);
        assertThat(reassembly.deadlineNanos()).isEqualTo(5_000_000_007L);
        reassembly.acceptMessage(Kind.DHT_PUT, messages.get(1), 9);
        assertThat(reassembly.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Seeded
    void noise_and_every_truncation_is_refused_or_kept(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int length = 0; length <= 488; length++) {
            byte[] body = new byte[length];
            random.nextBytes(body);
            if (length > 1 && random.nextBoolean()) {
                body[0] = 5;
                body[1] = 0;
            }
            try {
                new Reassembly()
                        .acceptMessage(Kind.DHT_PUT, RelayMessage.onStream(RelayCommand.DHT_PUT, 1, body), 0)
                        .ifPresent(whole -> assertThat(whole.length).isLessThan(488));
            } catch (MalformedPacketException e) {
                assertThat(e.reason()).isNotNull();
            }
        }
    }
}
