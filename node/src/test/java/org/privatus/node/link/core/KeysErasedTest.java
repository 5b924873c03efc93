package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.testing.PlantedKeys;

/// What the dump of a live heap shows of the keys of links: of handshakes, of packets, of headers and of the exchange that is safe from quantum computers.
class KeysErasedTest {
    /// What stays reachable while the heap is searched.
    private final List<Object> held = new ArrayList<>();

    private final PlantedKeys planted = new PlantedKeys();
    private final CryptoSuite watched = planted.watching(Peer.SUITE);

    @Test
    void no_key_of_a_link_is_left_when_it_has_been_closed() {
        var world = new TwoPeers(1, Settings.with(settings -> settings.packetsPerKey = 20));
        held.add(world);
        Peer a = world.another("10.0.1.1:1", watched);
        Peer b = world.another("10.0.1.2:2", watched);
        long channel = world.openChannel(a, b);
        world.runUntil(3 * SECOND, () -> a.credit.containsKey(channel));
        world.runFor(3 * SECOND);
        world.send(a, channel, 0, 100);
        world.runFor(3 * SECOND);
        assertThat(a.links.links()).allMatch(link -> link.secrecy() == Secrecy.POST_QUANTUM);
        assertThat(a.links.statistics().keyChanges()).isPositive();
        int keys = planted.count();
        assertThat(keys).isGreaterThan(12);
        assertThat(planted.alive()).contains("aead", "headerMask").hasSizeLessThan(keys);
        a.links.closeAll();
        world.runFor(30 * SECOND);
        assertThat(b.links.links()).isEmpty();
        assertThat(planted.alive()).isEmpty();
    }
}
