package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Message2;
import org.privatus.testing.Seeded;

class PeerRequestsTest {
    private static final HandshakeContext SPOKEN = Peer.handshakes();

    private static final int LIMIT = 3;

    private final PeerRequests requests = new PeerRequests(LIMIT);

    @Test
    void the_oldest_that_still_waits_is_forgotten() {
        long first = requests.add(asker());
        HalfOpen second = asker();
        long waits = requests.add(second);
        long third = requests.add(asker());
        assertThat(requests.take(first)).isNotNull();
        assertThat(requests.take(first)).isNull();

        requests.add(asker());
        assertThat(requests.take(waits)).isSameAs(second);
        requests.add(asker());
        requests.add(asker());
        assertThat(requests.take(third)).isNull();
    }

    @Seeded
    void as_many_as_may_wait_do_and_they_are_the_youngest(long seed) {
        var random = new SplittableRandom(seed);
        var expected = new TreeMap<Long, HalfOpen>();
        long last = -1;
        for (int i = 0; i < 500; i++) {
            if (!expected.isEmpty() && random.nextInt(3) == 0) {
                var handles = List.copyOf(expected.keySet());
                long handle = handles.get(random.nextInt(handles.size()));
                assertThat(requests.take(handle)).isSameAs(expected.remove(handle));
            } else {
                HalfOpen asker = asker();
                if (expected.size() == LIMIT) {
                    expected.pollFirstEntry();
                }
                last = requests.add(asker);
                expected.put(last, asker);
            }
        }
        for (long handle = 0; handle <= last; handle++) {
            assertThat(requests.take(handle)).isSameAs(expected.get(handle));
        }
    }

    private static HalfOpen asker() {
        Endpoint from = Endpoint.parse("10.0.0.1:1");
        return new HalfOpen(SPOKEN, new HalfOpenKey(1, 2, from), new Message2(3, 4, from, 0, 0), false, 0, 1);
    }
}
