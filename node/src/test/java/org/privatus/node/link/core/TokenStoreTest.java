package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.node.link.core.handshake.AddressTokens;

class TokenStoreTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final Endpoint WHERE = Endpoint.parse("10.0.0.1:1");

    private final List<Contact> peers = IntStream.range(0, 40)
            .mapToObj(i -> NodeIdentity.generate(Peer.SUITE, Peer.seeded(i), 0).contact(WHERE, 0))
            .toList();
    private final TokenStore store = new TokenStore(16);

    @Test
    void a_token_serves_once_and_its_peer_alone() {
        store.keep(peers.get(0), 77, NOW);
        assertThat(store.take(peers.get(1), NOW)).isEmpty();
        assertThat(store.take(peers.get(0).at(Endpoint.parse("10.0.0.1:2")), NOW))
                .isEmpty();
        assertThat(store.take(peers.get(0), NOW)).hasValue(77);
        assertThat(store.take(peers.get(0), NOW)).isEmpty();
        assertThat(store.size()).isZero();
    }

    @Test
    void the_newest_of_a_peer_counts() {
        store.keep(peers.get(0), 1, NOW);
        store.keep(peers.get(0), 2, NOW);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.take(peers.get(0), NOW)).hasValue(2);
    }

    @Test
    void a_token_is_of_no_use_when_its_secret_may_be_gone() {
        store.keep(peers.get(0), 1, NOW);
        assertThat(store.take(peers.get(0), NOW + AddressTokens.SECRET_LIFE_NANOS))
                .isEmpty();
        store.keep(peers.get(0), 1, NOW);
        assertThat(store.take(peers.get(0), NOW + AddressTokens.SECRET_LIFE_NANOS - 1))
                .hasValue(1);
    }

    @Test
    void there_are_never_more_than_its_limit_and_the_last_is_among_them() {
        for (int i = 0; i < peers.size(); i++) {
            store.keep(peers.get(i), i, NOW);
            assertThat(store.size()).isBetween(1, 16);
            assertThat(store.take(peers.get(i), NOW)).hasValue(i);
            store.keep(peers.get(i), i, NOW);
        }
        assertThat(peers.stream().filter(peer -> store.take(peer, NOW).isPresent()))
                .hasSizeBetween(4, 16);
    }

    @Test
    void a_store_without_room_keeps_nothing() {
        var none = new TokenStore(0);
        none.keep(peers.get(0), 1, NOW);
        assertThat(none.take(peers.get(0), NOW)).isEmpty();
    }
}
