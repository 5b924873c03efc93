package org.privatus.simulation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;

class InboxTest {
    private static final Endpoint SOMEWHERE = Endpoint.parse("127.0.0.1:9");

    @Test
    void whatComesBeyondItsCapacityIsDroppedAndCounted() throws InterruptedException {
        var inbox = new Inbox();
        for (int i = 0; i < Inbox.CAPACITY + 3; i++) {
            inbox.offer(new Arrival(i, SOMEWHERE, SOMEWHERE, new byte[0]));
        }

        assertThat(inbox.dropped()).isEqualTo(3);
        for (int i = 0; i < Inbox.CAPACITY; i++) {
            assertThat(inbox.next(0)).map(Arrival::wallNanos).contains((long) i);
        }
        assertThat(inbox.next(0)).isEmpty();
        assertThat(inbox.next(1)).isEmpty();
    }
}
