package org.privatus.node.messaging.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.node.messaging.core.DoubleRatchet.Opening;
import org.privatus.node.store.Blob;
import org.privatus.testing.Seeded;

class DoubleRatchetTest {
    private static final CryptoSuite SUITE = new StandardSuite();

    private final SecureRandom keys = new PlannedSecureRandom(1);
    private DoubleRatchet alice;
    private DoubleRatchet bob;

    DoubleRatchetTest() throws MalformedPacketException {
        byte[] seed = new byte[DoubleRatchet.SEED_LENGTH];
        keys.nextBytes(seed);
        X25519KeyPair first = X25519KeyPair.generate(SUITE, keys);
        alice = DoubleRatchet.initiator(SUITE, seed, first.publicKey(), keys);
        bob = DoubleRatchet.responder(SUITE, seed, first.secret().clone());
    }

    @Test
    void both_directions_take_turns() {
        for (int i = 0; i < 20; i++) {
            assertThat(open(bob, alice.seal(text(i), keys))).isEqualTo(text(i));
            assertThat(open(alice, bob.seal(text(-i), keys))).isEqualTo(text(-i));
        }
    }

    @Test
    void the_responder_seals_only_after_it_has_opened() {
        assertThat(bob.canSeal()).isFalse();
        assertThatThrownBy(() -> bob.seal(text(1), keys)).isInstanceOf(IllegalStateException.class);

        open(bob, alice.seal(text(1), keys));

        assertThat(bob.canSeal()).isTrue();
    }

    @Test
    void an_envelope_opens_once() {
        byte[] envelope = alice.seal(text(1), keys);
        open(bob, envelope);

        assertThat(bob.open(envelope, keys)).isInstanceOf(Opening.Spent.class);
    }

    @Test
    void overtaken_envelopes_open_later_also_after_the_ratchet_has_turned() {
        byte[] late = alice.seal(text(1), keys);
        open(bob, alice.seal(text(2), keys));
        open(alice, bob.seal(text(3), keys));
        open(bob, alice.seal(text(4), keys));

        assertThat(open(bob, late)).isEqualTo(text(1));
        assertThat(bob.open(late, keys)).isInstanceOf(Opening.Foreign.class);
    }

    @Test
    void a_thousand_envelopes_may_be_overtaken_and_no_more() {
        byte[] first = alice.seal(text(0), keys);
        for (int i = 0; i < DoubleRatchet.MAX_SKIPPED - 1; i++) {
            alice.seal(text(i), keys);
        }
        byte[] allowed = alice.seal(text(1_000), keys);
        byte[] tooFar = alice.seal(text(1_001), keys);

        DoubleRatchet fresh = copy(bob);
        assertThat(fresh.open(tooFar, keys)).isInstanceOf(Opening.Forged.class);
        assertThat(open(fresh, allowed)).isEqualTo(text(1_000));
        assertThat(open(fresh, first)).isEqualTo(text(0));
        assertThat(open(fresh, tooFar)).isEqualTo(text(1_001));
    }

    @Test
    void where_more_are_overtaken_in_all_the_oldest_are_lost() {
        byte[] lost = alice.seal(text(0), keys);
        byte[] kept = new byte[0];
        for (int i = 1; i < 1_800; i++) {
            byte[] envelope = alice.seal(text(i), keys);
            if (i == 900 || i == 1_799) {
                open(bob, envelope);
            } else if (i == 1_000) {
                kept = envelope;
            }
        }
        assertThat(bob.open(lost, keys)).isInstanceOf(Opening.Spent.class);
        assertThat(open(bob, kept)).isEqualTo(text(1_000));
        assertThat(bob.save().length).isLessThan(40_000);
    }

    @Test
    void a_changed_bit_opens_nothing_and_harms_nothing() {
        byte[] envelope = alice.seal(text(7), keys);
        byte[] before = bob.save();
        for (int bit = 0; bit < envelope.length * 8; bit += 5) {
            byte[] changed = envelope.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(bob.open(changed, keys)).isInstanceOfAny(Opening.Forged.class, Opening.Foreign.class);
        }
        assertThat(bob.save()).isEqualTo(before);
        assertThat(open(bob, envelope)).isEqualTo(text(7));
    }

    @Test
    void envelopes_of_other_sessions_and_of_no_size_are_foreign() throws MalformedPacketException {
        DoubleRatchet other = new DoubleRatchetTest().withOtherSeed();

        assertThat(bob.open(other.seal(text(1), keys), keys)).isInstanceOf(Opening.Foreign.class);
        for (int length = 0; length <= DoubleRatchet.OVERHEAD; length++) {
            assertThat(bob.open(new byte[length], keys)).isInstanceOf(Opening.Foreign.class);
        }
    }

    private DoubleRatchet withOtherSeed() throws MalformedPacketException {
        byte[] seed = new byte[DoubleRatchet.SEED_LENGTH];
        keys.nextBytes(seed);
        return DoubleRatchet.initiator(
                SUITE, seed, X25519KeyPair.generate(SUITE, keys).publicKey(), keys);
    }

    @Test
    void one_text_never_looks_the_same_not_even_from_a_state_that_was_rolled_back() {
        byte[] rolledBack = alice.save();
        byte[] first = alice.seal(text(1), keys);
        alice = restore(rolledBack);
        byte[] second = alice.seal(text(2), keys);
        byte[] third = alice.seal(text(2), keys);

        assertThat(shared(first, second)).isLessThan(20);
        assertThat(shared(second, third)).isLessThan(20);
    }

    private static int shared(byte[] one, byte[] other) {
        int equal = 0;
        for (int i = 0; i < one.length; i++) {
            equal += one[i] == other[i] ? 1 : 0;
        }
        return equal;
    }

    @Test
    void the_header_keys_tell_whose_an_envelope_is() {
        byte[] envelope = alice.seal(text(1), keys);

        assertThat(bob.headerKeys()).anyMatch(key -> DoubleRatchet.fits(SUITE, key, envelope));
        assertThat(alice.headerKeys()).noneMatch(key -> DoubleRatchet.fits(SUITE, key, envelope));
    }

    @Test
    void keys_are_forgotten_when_they_have_served() {
        byte[] before = bob.save();
        byte[] envelope = alice.seal(text(1), keys);
        open(bob, envelope);
        open(alice, bob.seal(text(2), keys));
        open(bob, alice.seal(text(3), keys));

        assertThat(bob.open(envelope, keys)).isNotInstanceOf(Opening.Opened.class);
        assertThat(open(restore(before), envelope)).isEqualTo(text(1));
        bob.erase();
        assertThat(nonZeroKeyBytes(bob.save())).isZero();
    }

    /// Behind the version each key is its length, 32, and its bytes.
    private static int nonZeroKeyBytes(byte[] saved) {
        int count = 0;
        for (int i = 1; i < 1 + 10 * 33; i++) {
            count += (i - 1) % 33 != 0 && saved[i] != 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void a_saved_state_that_is_cut_short_or_longer_is_refused() {
        alice.seal(text(0), keys);
        open(bob, alice.seal(text(1), keys));
        byte[] saved = bob.save();
        for (int length = 0; length < saved.length; length++) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThatThrownBy(() -> RatchetState.read(new WireReader(cut)))
                    .isInstanceOf(MalformedPacketException.class);
        }
        assertThatThrownBy(() -> RatchetState.read(new WireReader(Arrays.copyOf(saved, saved.length + 1))))
                .isInstanceOf(MalformedPacketException.class);
    }

    /// Envelopes get lost, overtake each other and come twice, both sides talk at once, and both are saved and restored all
    /// the time: what arrives opens exactly once.
    @Seeded(60)
    void whatever_arrives_opens_once(long seed) {
        var random = new SplittableRandom(seed);
        var sides = List.of(alice, bob);
        var ratchets = new ArrayList<>(sides);
        List<ArrayDeque<byte[]>> history = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        List<List<byte[]>> onTheWay = List.of(new ArrayList<>(), new ArrayList<>());
        Map<Blob, byte[]> plaintexts = new LinkedHashMap<>();
        Set<Blob> opened = new LinkedHashSet<>();
        for (int i = 0; i < 300; i++) {
            int side = random.nextInt(2);
            if (random.nextInt(4) == 0) {
                ratchets.set(side, copy(ratchets.get(side)));
            }
            if (random.nextBoolean() && ratchets.get(side).canSeal()) {
                byte[] envelope = ratchets.get(side).seal(text(i), keys);
                assertThat(plaintexts.put(Blob.of(envelope), text(i))).isNull();
                if (random.nextInt(5) > 0) {
                    onTheWay.get(side).add(envelope);
                }
            } else {
                List<byte[]> inbound = onTheWay.get(1 - side);
                if (!inbound.isEmpty()) {
                    byte[] envelope = inbound.remove(random.nextInt(inbound.size()));
                    receive(ratchets.get(side), envelope, plaintexts, opened);
                    history.get(side).add(envelope);
                }
                if (!history.get(side).isEmpty() && random.nextInt(4) == 0) {
                    byte[] again = history.get(side).remove();
                    assertThat(ratchets.get(side).open(again, keys)).isNotInstanceOf(Opening.Opened.class);
                }
            }
        }
        for (int side = 0; side < 2; side++) {
            for (byte[] envelope : onTheWay.get(1 - side)) {
                receive(ratchets.get(side), envelope, plaintexts, opened);
            }
        }
    }

    private void receive(DoubleRatchet ratchet, byte[] envelope, Map<Blob, byte[]> plaintexts, Set<Blob> opened) {
        Blob key = Blob.of(envelope);
        Opening opening = ratchet.open(envelope, keys);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        assertThat(((Opening.Opened) opening).plaintext().toBytes()).isEqualTo(plaintexts.get(key));
        assertThat(opened.add(key)).isTrue();
    }

    private static byte[] text(int number) {
        return ("a text of some length, number " + number).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] open(DoubleRatchet ratchet, byte[] envelope) {
        Opening opening = ratchet.open(envelope, keys);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).plaintext().toBytes();
    }

    private static DoubleRatchet copy(DoubleRatchet ratchet) {
        return restore(ratchet.save());
    }

    private static DoubleRatchet restore(byte[] saved) {
        try {
            DoubleRatchet restored = DoubleRatchet.restore(SUITE, saved);
            assertThat(restored.save()).isEqualTo(saved);
            return restored;
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }
}
