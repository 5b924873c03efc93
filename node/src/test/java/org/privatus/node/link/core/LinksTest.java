package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.link.core.TwoPeers.SECOND;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinksTest {
    private final TwoPeers world = new TwoPeers(1);
    private final Peer a = world.a;
    private final Peer b = world.b;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_question_to_a_stranger_is_answered_after_one_round_trip_and_leaves_nothing() {
        a.links.request(7, b.contact(), text("ping"), false, world.now());
        world.runUntil(SECOND, () -> a.answers.containsKey(7L));

        assertThat(a.answers.get(7L)).isEqualTo(text("ping"));
        assertThat(b.askers).containsExactly(Optional.empty());
        assertThat(a.observed).containsExactly(a.endpoint());
        assertThat(world.wire.log()).hasSize(2);
        assertThat(a.links.statistics().dials()).isZero();
        assertThat(a.links.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        world.runFor(11 * SECOND);
        assertThat(b.links.statistics().halfOpen()).isZero();
        assertThat(b.links.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(b.verified).isEmpty();
    }

    @Test
    void a_question_that_finishes_the_handshake_makes_a_link_and_both_know_whom_they_talk_to() {
        a.links.request(7, b.contact(), text("store"), true, world.now());
        world.runUntil(SECOND, () -> a.answers.containsKey(7L));

        assertThat(b.askers).containsExactly(Optional.of(a.contact()));
        assertThat(a.verified).containsExactly(b.contact());
        assertThat(b.verified).containsExactly(a.contact());
        assertThat(a.links.links()).hasSize(1);
        assertThat(b.links.links()).hasSize(1);
    }

    @Test
    void over_a_link_questions_travel_in_data_packets() {
        world.connect();
        int before = world.wire.log().size();
        a.links.request(8, b.contact(), text("find"), false, world.now());
        world.runUntil(SECOND, () -> a.answers.containsKey(8L));

        assertThat(world.wire.log().subList(before, world.wire.log().size())).allMatch(Wire.Datagram::isData);
        assertThat(a.roundTrips.get(8L)).isEqualTo(2 * world.wire.latency);
    }
}
