package org.privatus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.ntor.HopKeys;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.ntor.HybridRelay;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.testing.PlantedKeys;

/// What the dump of a live heap shows of the keys of circuits.
class KeysErasedTest {
    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final int CELL_BODY = 509;

    /// What stays reachable while the heap is searched.
    private final List<Object> held = new ArrayList<>();

    private final PlantedKeys planted = new PlantedKeys();
    private final CryptoSuite watched = planted.watching(SUITE);

    @Test
    void a_key_that_something_holds_is_found() {
        byte[] key = new byte[32];
        held.add(key);
        KEYS.nextBytes(key);
        planted.plant("held", key);
        assertThat(planted.alive()).containsExactly("held");
        Arrays.fill(key, (byte) 0);
        assertThat(planted.alive()).isEmpty();
    }

    @Test
    void no_key_of_a_circuit_is_left_when_both_sides_have_erased_it() throws Exception {
        byte[] id = new byte[32];
        var onionKeys = new OnionKeys(OnionKeyPair.generate(SUITE, KEYS), Optional.empty(), 0);
        var relay = new HybridRelay(watched, id, onionKeys);
        HybridClient handshake =
                HybridClient.start(watched, id, onionKeys.current().key().toBytes(), new byte[0], KEYS);
        HybridRelay.Answer answer = relay.answer(handshake.handshake(), new byte[0], KEYS);
        HopKeys atClient = handshake.finish(answer.handshake());
        HopKeys atRelay = answer.keys();
        planted.plant("seed", atClient.seed());
        var client = new ClientCircuitCrypto(watched);
        client.addHop(atClient.seed());
        var hop = new RelayHop(watched, atRelay.seed());
        held.addAll(List.of(relay, handshake, answer, atClient, client, hop));
        byte[] body = new byte[CELL_BODY];
        client.originate(0, 3, body, 0);
        assertThat(hop.forward(3, body, 0)).isTrue();
        handshake.erase();
        atClient.erase();
        atRelay.erase();
        assertThat(planted.alive()).contains("uiv").doesNotContain("seed", "x25519Agree", "kemDecapsulate");
        client.erase();
        hop.erase();
        assertThat(planted.alive()).isEmpty();
    }
}
