package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.link.core.handshake.Message2;

class PeerRequestsTest {
    private final PeerRequests requests = new PeerRequests(3);

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

    private static HalfOpen asker() {
        Endpoint from = Endpoint.parse("10.0.0.1:1");
        return new HalfOpen(new HalfOpenKey(1, 2, from), new Message2(3, 4, from, 0), 0, 1);
    }
}
