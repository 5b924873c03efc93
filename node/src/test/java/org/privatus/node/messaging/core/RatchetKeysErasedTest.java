package org.privatus.node.messaging.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.node.messaging.core.DoubleRatchet.Opening;
import org.privatus.testing.PlantedKeys;

/// What the dump of a live heap shows of the keys of conversations.
class RatchetKeysErasedTest {
    /// Where the part of a seed begins that is no key: both sides' envelopes are bound to it as long as the session lasts.
    private static final int BINDING = 3 * RatchetState.KEY_LENGTH;

    /// What stays reachable while the heap is searched.
    private final List<Object> held = new ArrayList<>();

    @Test
    void keys_of_opened_envelopes_are_gone_and_all_others_when_the_session_is() throws Exception {
        var planted = new PlantedKeys();
        CryptoSuite watched = planted.watching(new StandardSuite());
        var keys = new PlannedSecureRandom(1);
        byte[] seed = new byte[DoubleRatchet.SEED_LENGTH];
        keys.nextBytes(seed);
        for (int i = 0; i < BINDING; i += RatchetState.KEY_LENGTH) {
            planted.plant("seed", Arrays.copyOfRange(seed, i, i + RatchetState.KEY_LENGTH));
        }
        X25519KeyPair first = X25519KeyPair.generate(watched, keys);
        DoubleRatchet alice = DoubleRatchet.initiator(watched, seed, first.publicKey(), keys);
        DoubleRatchet bob =
                DoubleRatchet.responder(watched, seed, first.secret().clone());
        held.addAll(List.of(alice, bob, first, seed));
        first.erase();
        Arrays.fill(seed, (byte) 0);
        for (int i = 0; i < 4; i++) {
            byte[] skipped = alice.seal(new byte[50], keys);
            assertThat(bob.open(alice.seal(new byte[50], keys), keys)).isInstanceOf(Opening.Opened.class);
            assertThat(bob.open(skipped, keys)).isInstanceOf(Opening.Opened.class);
            assertThat(alice.open(bob.seal(new byte[50], keys), keys)).isInstanceOf(Opening.Opened.class);
        }
        assertThat(planted.alive()).contains("x25519Generate").doesNotContain("aead", "x25519Agree", "seed");
        alice.erase();
        bob.erase();
        assertThat(planted.alive()).isEmpty();
    }
}
