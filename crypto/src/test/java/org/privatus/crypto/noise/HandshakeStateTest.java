package org.privatus.crypto.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.testing.Seeded;

class HandshakeStateTest {
    private static final byte[] PROLOGUE = "privatus 1".getBytes(StandardCharsets.US_ASCII);

    private final CryptoSuite suite = new StandardSuite();
    private final SecureRandom random = new SecureRandom();
    private final X25519KeyPair initiatorKeys = X25519KeyPair.generate(suite, random);
    private final X25519KeyPair responderKeys = X25519KeyPair.generate(suite, random);
    private HandshakeState initiator;
    private HandshakeState responder;

    @BeforeEach
    void hybrid() {
        start(NoiseProtocol.XKHFS_AESGCM);
    }

    private void start(NoiseProtocol protocol) {
        initiator =
                HandshakeState.initiator(suite, protocol, PROLOGUE, initiatorKeys, responderKeys.publicKey(), random);
        responder = HandshakeState.responder(suite, protocol, PROLOGUE, responderKeys, random);
    }

    @ParameterizedTest
    @EnumSource
    void both_sides_end_with_the_same_keys_and_hash(NoiseProtocol protocol) throws Exception {
        start(protocol);
        for (int message = 0; message < NoiseProtocol.MESSAGES; message++) {
            byte[] payload = new byte[10 * message];
            byte[] written = writer(message).write(payload);
            assertThat(written).hasSize(payload.length + protocol.overhead(message));
            assertThat(reader(message).read(written)).isEqualTo(payload);
            assertThat(initiator.handshakeHash()).isEqualTo(responder.handshakeHash());
        }
        assertThat(responder.remoteStatic()).isEqualTo(initiatorKeys.publicKey());
        SessionKeys one = initiator.split();
        SessionKeys other = responder.split();
        assertThat(one.send()).isEqualTo(other.receive()).isNotEqualTo(one.receive());
        assertThat(one.receive()).isEqualTo(other.send());
    }

    @Test
    void messages_have_the_lengths_that_the_patterns_give() {
        assertThat(overheads(NoiseProtocol.XK_AESGCM)).containsExactly(48, 48, 64);
        assertThat(overheads(NoiseProtocol.XK_CHACHAPOLY)).containsExactly(48, 48, 64);
        assertThat(overheads(NoiseProtocol.XKHFS_AESGCM)).containsExactly(48 + 1200, 48 + 1104, 64);
    }

    private static List<Integer> overheads(NoiseProtocol protocol) {
        return List.of(protocol.overhead(0), protocol.overhead(1), protocol.overhead(2));
    }

    @Test
    void a_payload_of_the_first_message_is_read_at_any_offset() throws Exception {
        byte[] request = "find node".getBytes(StandardCharsets.US_ASCII);
        byte[] message = initiator.write(request);
        byte[] datagram = new byte[message.length + 30];
        System.arraycopy(message, 0, datagram, 20, message.length);
        assertThat(responder.read(datagram, 20, message.length)).isEqualTo(request);
    }

    @Seeded(30)
    void a_flipped_bit_is_refused_and_the_true_message_still_reads(long seed) throws Exception {
        Random choice = new Random(seed);
        int forgedMessage = choice.nextInt(NoiseProtocol.MESSAGES);
        for (int message = 0; message < NoiseProtocol.MESSAGES; message++) {
            byte[] written = writer(message).write(new byte[] {7});
            if (message == forgedMessage) {
                byte[] forged = written.clone();
                forged[choice.nextInt(forged.length)] ^= (byte) (1 << choice.nextInt(7));
                HandshakeState reader = reader(message);
                assertThatThrownBy(() -> reader.read(forged)).isInstanceOf(MalformedPacketException.class);
            }
            assertThat(reader(message).read(written)).containsExactly(7);
        }
        assertThat(initiator.split().send()).isEqualTo(responder.split().receive());
    }

    @Test
    void every_truncation_is_refused() throws Exception {
        start(NoiseProtocol.XK_AESGCM);
        for (int message = 0; message < NoiseProtocol.MESSAGES; message++) {
            byte[] written = writer(message).write(new byte[5]);
            HandshakeState reader = reader(message);
            for (int length = 0; length < written.length; length++) {
                byte[] shorter = Arrays.copyOf(written, length);
                assertThatThrownBy(() -> reader.read(shorter)).isInstanceOf(MalformedPacketException.class);
            }
            reader.read(written);
        }
    }

    @Test
    void another_responder_cannot_read_the_first_message() throws Exception {
        HandshakeState other = HandshakeState.responder(
                suite, NoiseProtocol.XKHFS_AESGCM, PROLOGUE, X25519KeyPair.generate(suite, random), random);
        byte[] message = initiator.write(new byte[0]);
        assertRefused(Reason.BAD_TAG, () -> other.read(message));
    }

    @Test
    void another_prologue_is_another_handshake() throws Exception {
        HandshakeState other =
                HandshakeState.responder(suite, NoiseProtocol.XKHFS_AESGCM, new byte[] {1}, responderKeys, random);
        byte[] message = initiator.write(new byte[0]);
        assertRefused(Reason.BAD_TAG, () -> other.read(message));
    }

    @Test
    void a_fresh_key_of_small_order_is_refused() {
        byte[] message = new byte[NoiseProtocol.XKHFS_AESGCM.overhead(0)];
        assertRefused(Reason.WEAK_KEY, () -> responder.read(message));
    }

    @Test
    void a_responder_of_small_order_is_refused() {
        HandshakeState lost =
                HandshakeState.initiator(suite, NoiseProtocol.XK_AESGCM, PROLOGUE, initiatorKeys, new byte[32], random);
        assertRefused(Reason.WEAK_KEY, () -> lost.write(new byte[0]));
    }

    @Test
    void the_sides_take_turns() throws Exception {
        assertThatThrownBy(() -> responder.write(new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> initiator.read(new byte[2000])).isInstanceOf(IllegalStateException.class);
        initiator.write(new byte[0]);
        assertThatThrownBy(() -> initiator.write(new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(initiator::split).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void costs_are_known_before_each_step() throws Exception {
        assertThat(initiator.nextCost()).isEqualTo(Cost.agreements(2).plus(Cost.kems(1)));
        assertThat(responder.nextCost()).isEqualTo(Cost.agreements(1));
        responder.read(initiator.write(new byte[0]));
        assertThat(responder.nextCost()).isEqualTo(Cost.agreements(2).plus(Cost.kems(1)));
        assertThat(initiator.nextCost()).isEqualTo(Cost.agreements(1).plus(Cost.kems(1)));
    }

    @Test
    void an_erased_handshake_does_not_go_on() throws Exception {
        byte[] reply;
        responder.read(initiator.write(new byte[0]));
        reply = responder.write(new byte[0]);
        initiator.erase();
        assertThatThrownBy(() -> initiator.read(reply)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keys_are_split_off_once() throws Exception {
        for (int message = 0; message < NoiseProtocol.MESSAGES; message++) {
            reader(message).read(writer(message).write(new byte[0]));
        }
        initiator.split();
        assertThatThrownBy(initiator::split).isInstanceOf(IllegalStateException.class);
    }

    private HandshakeState writer(int message) {
        return message % 2 == 0 ? initiator : responder;
    }

    private HandshakeState reader(int message) {
        return message % 2 == 0 ? responder : initiator;
    }

    private static void assertRefused(Reason reason, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
