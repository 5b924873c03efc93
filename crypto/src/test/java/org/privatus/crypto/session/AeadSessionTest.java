package org.privatus.crypto.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.testing.Seeded;

class AeadSessionTest {
    private static final byte[] HEADER = {1, 2, 3, 4};
    private static final int PACKETS_PER_KEY = 64;

    private final CryptoSuite suite = new StandardSuite();
    private final byte[] key = filled(1);
    private final byte[] otherKey = filled(2);
    private final AeadSession sender = session(key, otherKey);
    private final AeadSession receiver = session(otherKey, key);
    private final byte[] out = new byte[100];

    @Test
    void packets_open_in_both_directions() {
        assertThat(open(receiver, seal(sender, 5))).isEqualTo(5);
        assertThat(open(sender, seal(receiver, 6))).isEqualTo(6);
        assertThat(receiver.highestReceived()).isZero();
    }

    @Test
    void a_packet_opens_once() {
        Packet packet = seal(sender, 5);
        assertThat(open(receiver, packet)).isEqualTo(5);
        assertThat(open(receiver, packet)).isEqualTo(AeadSession.REPLAYED);
    }

    @Test
    void a_forged_packet_does_not_use_up_its_counter() {
        Packet packet = seal(sender, 5);
        for (int bit = 0; bit < 8 * packet.sealed.length; bit++) {
            byte[] forged = packet.sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(receiver, new Packet(packet.counter, packet.phase, forged)))
                    .isEqualTo(AeadSession.FORGED);
        }
        assertThat(open(receiver, new Packet(1, 0, packet.sealed))).isEqualTo(AeadSession.FORGED);
        assertThat(open(receiver, new Packet(0, 1, packet.sealed))).isEqualTo(AeadSession.FORGED);
        assertThat(open(receiver, packet)).isEqualTo(5);
    }

    @Test
    void the_header_is_authenticated() {
        Packet packet = seal(sender, 5);
        byte[] otherHeader = {1, 2, 3, 5};
        assertThat(receiver.open(
                        packet.counter,
                        packet.phase,
                        otherHeader,
                        0,
                        4,
                        packet.sealed,
                        0,
                        packet.sealed.length,
                        out,
                        0))
                .isEqualTo(AeadSession.FORGED);
    }

    @Test
    void a_key_is_due_for_replacement_at_half_its_limit_and_refuses_work_at_its_end() {
        for (int i = 0; i < PACKETS_PER_KEY; i++) {
            assertThat(sender.rekeyDue()).isEqualTo(i >= PACKETS_PER_KEY / 2);
            seal(sender, 1);
        }
        assertThatThrownBy(() -> seal(sender, 1)).isInstanceOf(IllegalStateException.class);
        sender.rekeySender();
        assertThat(sender.rekeyDue()).isFalse();
        assertThat(seal(sender, 1).counter).isEqualTo(PACKETS_PER_KEY);
    }

    @Test
    void the_real_limit_is_what_the_protocol_says() {
        assertThat(AeadSession.PACKETS_PER_KEY).isEqualTo(1 << 22);
    }

    @Test
    void the_receiver_follows_a_new_key_and_still_opens_what_was_overtaken() {
        Packet overtaken = seal(sender, 1);
        Packet early = seal(sender, 2);
        assertThat(open(receiver, early)).isEqualTo(2);
        sender.rekeySender();
        assertThat(sender.sendPhase()).isEqualTo(1);
        Packet alsoOvertaken = seal(sender, 3);
        Packet late = seal(sender, 4);
        assertThat(open(receiver, late)).isEqualTo(4);
        assertThat(open(receiver, overtaken)).isEqualTo(1);
        assertThat(open(receiver, alsoOvertaken)).isEqualTo(3);
        assertThat(open(receiver, overtaken)).isEqualTo(AeadSession.REPLAYED);
    }

    @Test
    void a_forged_change_of_phase_changes_nothing() {
        byte[] garbage = new byte[40];
        for (int i = 0; i < 10; i++) {
            assertThat(open(receiver, new Packet(5, 1, garbage))).isEqualTo(AeadSession.FORGED);
        }
        assertThat(open(receiver, seal(sender, 5))).isEqualTo(5);
        sender.rekeySender();
        assertThat(open(receiver, seal(sender, 6))).isEqualTo(6);
    }

    @Test
    void the_old_key_is_forgotten_when_nothing_under_it_can_be_fresh() {
        Packet forgotten = seal(sender, 1);
        sender.rekeySender();
        open(receiver, seal(sender, 1));
        for (int i = 0; i <= ReplayWindow.SIZE; i++) {
            if (sender.rekeyDue()) {
                sender.rekeySender();
            }
            assertThat(open(receiver, seal(sender, 1))).isEqualTo(1);
        }
        assertThat(open(receiver, forgotten)).isEqualTo(AeadSession.REPLAYED);
    }

    @Test
    void a_secret_goes_into_the_next_key_of_a_receiver_that_expects_it() {
        byte[] secret = filled(9);
        receiver.expect(secret);
        assertThat(open(receiver, seal(sender, 1))).isEqualTo(1);
        assertThat(receiver.isSecretReceived()).isFalse();
        sender.rekeySender(secret);
        Packet overtaken = seal(sender, 2);
        assertThat(open(receiver, seal(sender, 3))).isEqualTo(3);
        assertThat(receiver.isSecretReceived()).isTrue();
        assertThat(open(receiver, overtaken)).isEqualTo(2);
        sender.rekeySender();
        assertThat(open(receiver, seal(sender, 4))).isEqualTo(4);
        assertThat(receiver.receiveKeyChanges()).isEqualTo(2);
    }

    @Test
    void an_expected_secret_may_come_after_changes_without_it_and_after_forgeries() {
        receiver.expect(filled(9));
        for (int i = 0; i < 3; i++) {
            long next = sender.nextCounter();
            assertThat(open(receiver, new Packet(next, sender.sendPhase() ^ 1, new byte[40])))
                    .isEqualTo(AeadSession.FORGED);
            sender.rekeySender();
            assertThat(open(receiver, seal(sender, 1))).isEqualTo(1);
        }
        assertThat(receiver.isSecretReceived()).isFalse();
        sender.rekeySender(filled(9));
        assertThat(open(receiver, seal(sender, 1))).isEqualTo(1);
        assertThat(receiver.isSecretReceived()).isTrue();
    }

    @Test
    void another_secret_or_one_that_was_replaced_does_not_open() {
        receiver.expect(filled(8));
        receiver.expect(filled(9));
        sender.rekeySender(filled(8));
        assertThat(open(receiver, seal(sender, 1))).isEqualTo(AeadSession.FORGED);
        assertThat(receiver.isSecretReceived()).isFalse();
    }

    @Test
    void the_key_with_a_secret_in_it_is_not_the_plain_one() {
        sender.rekeySender(filled(9));
        assertThat(open(receiver, seal(sender, 1))).isEqualTo(AeadSession.FORGED);
    }

    @Test
    void the_key_before_can_be_forgotten_at_once() {
        Packet overtaken = seal(sender, 1);
        sender.rekeySender();
        assertThat(open(receiver, seal(sender, 2))).isEqualTo(2);
        receiver.forgetPrevious();
        assertThat(open(receiver, overtaken)).isEqualTo(AeadSession.FORGED);
    }

    @Seeded
    void any_order_within_a_phase_opens_everything_exactly_once(long seed) {
        Random random = new Random(seed);
        List<Packet> inFlight = new ArrayList<>();
        int opened = 0;
        int sent = 0;
        for (int phase = 0; phase < 10; phase++) {
            int count = 2 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                inFlight.add(seal(sender, random.nextInt(20)));
                sent++;
            }
            // A quarter stays on the way and arrives mixed with the packets of the next phase.
            Collections.shuffle(inFlight, random);
            int kept = inFlight.size() / 4;
            for (Packet packet : inFlight.subList(kept, inFlight.size())) {
                assertThat(open(receiver, packet)).isEqualTo(packet.sealed.length - 16);
                assertThat(open(receiver, packet)).isEqualTo(AeadSession.REPLAYED);
                opened++;
            }
            List<Packet> left = new ArrayList<>(inFlight.subList(0, kept));
            for (Packet packet : left) {
                if (packet.phase != sender.sendPhase()) {
                    assertThat(open(receiver, packet)).isEqualTo(packet.sealed.length - 16);
                    opened++;
                }
            }
            left.removeIf(packet -> packet.phase != sender.sendPhase());
            inFlight = left;
            sender.rekeySender();
        }
        for (Packet packet : inFlight) {
            assertThat(open(receiver, packet)).isEqualTo(packet.sealed.length - 16);
            opened++;
        }
        assertThat(opened).isEqualTo(sent);
    }

    @Test
    void an_erased_session_is_useless() {
        sender.erase();
        assertThatThrownBy(() -> seal(sender, 1)).isInstanceOf(IllegalStateException.class);
    }

    private AeadSession session(byte[] sendKey, byte[] receiveKey) {
        return new AeadSession(suite, AeadKind.AES_256_GCM, sendKey, receiveKey, PACKETS_PER_KEY);
    }

    private static Packet seal(AeadSession session, int length) {
        long counter = session.nextCounter();
        int phase = session.sendPhase();
        byte[] sealed = new byte[length + 16];
        assertThat(session.seal(HEADER, 0, HEADER.length, new byte[length], 0, length, sealed, 0))
                .isEqualTo(sealed.length);
        return new Packet(counter, phase, sealed);
    }

    private int open(AeadSession session, Packet packet) {
        return session.open(
                packet.counter, packet.phase, HEADER, 0, HEADER.length, packet.sealed, 0, packet.sealed.length, out, 0);
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static final class Packet {
        final long counter;
        final int phase;
        final byte[] sealed;

        Packet(long counter, int phase, byte[] sealed) {
            this.counter = counter;
            this.phase = phase;
            this.sealed = sealed;
        }
    }
}
