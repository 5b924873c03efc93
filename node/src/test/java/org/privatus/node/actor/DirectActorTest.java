package org.privatus.node.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.node.link.direct.DirectStream;

class DirectActorTest {
    private static final long OWN = ChannelIds.of(ChannelIds.DIRECT, 1);
    private static final long OF_PEER = ChannelIds.of(ChannelIds.INBOUND_DIRECT, 9);
    private static final int CELL = 512;

    private final Contact peer = NodeIdentity.generate(
                    new StandardSuite(), new SecureRandom(), NetworkId.DEV.puzzleBits())
            .contact(Endpoint.parse("127.0.0.1:4000"), 0);
    private final TestInbox<LinkManager.Command> links = TestInbox.create();
    private final TestInbox<DirectEvent> taker = TestInbox.create();
    private final BehaviorTestKit<DirectActor.Command> actor =
            BehaviorTestKit.create(DirectActor.create(links.getRef()));

    @Test
    void nobody_can_open_a_stream_where_nobody_accepts_them() {
        actor.run(new ChannelEvent.ChannelOpened(OF_PEER, peer, 256));
        assertThat(links.getAllReceived()).containsExactly(new LinkManager.CloseChannel(OF_PEER));
    }

    @Test
    void a_stream_of_a_peer_bears_a_negative_number_and_can_be_written_to() {
        actor.run(new DirectActor.Accept(taker.getRef()));
        actor.run(new ChannelEvent.ChannelOpened(OF_PEER, peer, 256));
        assertThat(taker.getAllReceived())
                .containsExactly(new DirectEvent.Incoming(-9, peer, DirectStream.BUFFER_BYTES));
    }

    @Test
    void pieces_that_wait_in_the_mailbox_leave_in_one_cell() {
        open();
        actor.run(new DirectActor.Send(1, new byte[100]));
        actor.run(new DirectActor.Send(1, new byte[100]));
        assertThat(links.hasMessages()).isFalse();
        actor.run(new DirectActor.Leave());
        assertThat(links.getAllReceived())
                .singleElement()
                .satisfies(order -> assertThat(runs(order)).containsExactly(CELL));
    }

    @Test
    void what_is_beyond_the_credit_waits_for_more() {
        open();
        actor.run(new DirectActor.Send(1, new byte[DirectStream.CELL_BYTES * 5]));
        actor.run(new DirectActor.Leave());
        assertThat(runs(links.receiveMessage())).containsExactly(2 * CELL);
        actor.run(new ChannelEvent.ChannelCredit(OWN, 10));
        assertThat(runs(links.receiveMessage())).containsExactly(3 * CELL);
    }

    @Test
    void a_peer_may_send_more_only_when_cells_are_done_with() {
        open();
        actor.run(new ChannelEvent.CellsArrived(OWN, new byte[3 * CELL]));
        assertThat(links.hasMessages()).isFalse();
        actor.run(new DirectActor.Taken(1, 3));
        assertThat(links.getAllReceived()).containsExactly(new LinkManager.Consumed(OWN, 3));
    }

    @Test
    void cells_that_are_none_of_a_stream_end_it_at_both_sides() {
        open();
        var dirty = new byte[CELL];
        dirty[0] = (byte) 0xff;
        actor.run(new ChannelEvent.CellsArrived(OWN, dirty));
        assertThat(links.getAllReceived()).containsExactly(new LinkManager.CloseChannel(OWN));
        assertThat(taker.getAllReceived()).containsExactly(new DirectEvent.Closed(1));
        actor.run(new DirectActor.Send(1, new byte[1]));
        actor.run(new DirectActor.Leave());
        assertThat(links.hasMessages()).isFalse();
    }

    /// A stream with two cells of credit.
    private void open() {
        actor.run(new DirectActor.Open(1, peer, taker.getRef()));
        actor.run(new ChannelEvent.ChannelReady(OWN, 2));
        assertThat(taker.getAllReceived()).containsExactly(new DirectEvent.Opened(1, DirectStream.BUFFER_BYTES));
        links.getAllReceived();
    }

    private static List<Integer> runs(LinkManager.Command order) {
        return switch (order) {
            case LinkManager.SendCells(var _, var run) -> List.of(run.length);
            case LinkManager.Together(var orders) ->
                orders.stream().flatMap(each -> runs(each).stream()).toList();
            default -> List.of();
        };
    }
}
