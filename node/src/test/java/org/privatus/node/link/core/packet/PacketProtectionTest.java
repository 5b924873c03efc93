package org.privatus.node.link.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.noise.NoiseProtocol;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.Seeded;

class PacketProtectionTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final long LINK = 0x0123_4567_89ab_cdefL;

    private final PacketProtection sender;
    private final PacketProtection receiver;
    private final byte[] payload = new byte[2_000];

    PacketProtectionTest() throws MalformedPacketException {
        var random = new SecureRandom();
        X25519KeyPair initiator = X25519KeyPair.generate(SUITE, random);
        X25519KeyPair responder = X25519KeyPair.generate(SUITE, random);
        NoiseProtocol xk = NoiseProtocol.XK_AESGCM;
        HandshakeState a = HandshakeState.initiator(SUITE, xk, new byte[0], initiator, responder.publicKey(), random);
        HandshakeState b = HandshakeState.responder(SUITE, xk, new byte[0], responder, random);
        b.read(a.write(new byte[0]));
        a.read(b.write(new byte[0]));
        b.read(a.write(new byte[0]));
        sender = new PacketProtection(SUITE, a.split());
        receiver = new PacketProtection(SUITE, b.split());
    }

    private byte[] seal(int content) {
        byte[] packet = new byte[PacketLayout.MAX_PACKET];
        packet[PacketLayout.DATA_HEADER] = (byte) content;
        return Arrays.copyOf(packet, sender.seal(LINK, packet, 0, 20));
    }

    private int open(byte[] packet) {
        return receiver.open(packet, 0, packet.length, payload);
    }

    @Test
    void what_was_sealed_opens_once() {
        byte[] packet = seal(7);
        assertThat(packet).hasSize(PacketLayout.DATA_HEADER + 20 + PacketLayout.TAG_LENGTH);
        assertThat(PacketLayout.isData(packet[0])).isTrue();
        assertThat(open(packet)).isEqualTo(20);
        assertThat(payload[0]).isEqualTo((byte) 7);
        assertThat(receiver.number()).isZero();
        assertThat(open(packet)).isEqualTo(PacketProtection.REPLAYED);
    }

    @Test
    void the_link_id_is_readable_and_the_number_is_not_the_same_twice() {
        byte[] first = seal(1);
        byte[] second = seal(1);
        assertThat(Arrays.copyOfRange(first, 1, 9)).isEqualTo(Arrays.copyOfRange(second, 1, 9));
        assertThat(Arrays.copyOfRange(first, 9, 13)).isNotEqualTo(Arrays.copyOfRange(second, 9, 13));
    }

    @Test
    void any_flipped_bit_is_noticed_and_does_no_harm() {
        byte[] packet = seal(7);
        for (int bit = 0; bit < packet.length * 8; bit++) {
            byte[] wrong = packet.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(open(wrong)).isEqualTo(PacketProtection.FORGED);
        }
        assertThat(open(packet)).isEqualTo(20);
    }

    @Test
    void packets_cut_short_do_not_open() {
        byte[] packet = seal(7);
        for (int length = PacketLayout.DATA_MIN; length < packet.length; length++) {
            assertThat(receiver.open(packet, 0, length, payload)).isEqualTo(PacketProtection.FORGED);
        }
    }

    @Test
    void packets_are_sealed_and_opened_anywhere_in_a_longer_array() {
        byte[] train = new byte[1_000];
        Arrays.fill(train, (byte) 0x55);
        int end = 3;
        List<Integer> lengths = new ArrayList<>();
        for (int length : List.of(40, 1, 500)) {
            int content = end + PacketLayout.DATA_HEADER;
            Arrays.fill(train, content, content + length, (byte) length);
            lengths.add(sender.seal(LINK, train, end, length));
            end += lengths.getLast();
        }
        assertThat(train).startsWith(0x55, 0x55, 0x55);
        assertThat(Arrays.copyOfRange(train, end, train.length)).containsOnly(0x55);

        int offset = 3;
        for (int length : lengths) {
            int content = length - PacketLayout.DATA_HEADER - PacketLayout.TAG_LENGTH;
            assertThat(receiver.open(train, offset, length, payload)).isEqualTo(content);
            assertThat(Arrays.copyOf(payload, content)).containsOnly((byte) content);
            offset += length;
        }
        assertThat(receiver.number()).isEqualTo(2);
    }

    @Seeded(10)
    void packets_open_in_any_order_across_a_change_of_keys(long seed) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (i == 30) {
                sender.changeKey();
                assertThat(sender.keyStart()).isEqualTo(30);
            }
            packets.add(seal(i));
        }
        Collections.shuffle(packets.subList(0, 29), new Random(seed));
        Collections.shuffle(packets.subList(20, 50), new Random(seed));
        for (byte[] packet : packets) {
            assertThat(open(packet)).isEqualTo(20);
            assertThat(payload[0]).isEqualTo((byte) receiver.number());
        }
    }
}
