package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.privatus.node.link.core.TwoPeers.SECOND;
import static org.privatus.node.link.core.TwoPeers.numbers;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.testing.Seeded;

class ChannelsTest {
    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static void roughSea(Wire wire, double loss) {
        wire.loss = loss;
        wire.duplication = 0.03;
        wire.jitter = 15 * Wire.MILLISECOND;
    }

    /// Sends cells both ways on several channels at once, all of which have to arrive in order and once.
    private static void exchange(TwoPeers world, int channels, int cells, long seconds) {
        long[] names = new long[channels];
        for (int c = 0; c < channels; c++) {
            names[c] = world.openChannel(world.a, world.b);
        }
        int[] sent = new int[channels];
        world.runUntil(seconds * SECOND, () -> {
            boolean done = true;
            for (int c = 0; c < channels; c++) {
                sent[c] = world.send(world.a, names[c], sent[c], cells);
                done &= sent[c] == cells;
            }
            return done
                    && world.b.cells.values().stream()
                                    .filter(list -> list.size() == cells)
                                    .count()
                            == channels;
        });
        assertThat(world.b.inbound).hasSize(channels);
        assertThat(world.b.cells.values())
                .allSatisfy(list -> assertThat(numbers(list)).isEqualTo(upTo(cells)));
        assertThat(world.b.cells.values().stream().flatMap(List::stream))
                .allSatisfy(cell -> assertThat(cell).hasSize(Links.CELL_LENGTH));

        long back = world.b.inbound.getFirst();
        int[] returned = {0};
        world.runUntil(seconds * SECOND, () -> {
            returned[0] = world.send(world.b, back, returned[0], cells);
            return world.a.cells.values().stream().anyMatch(list -> list.size() == cells);
        });
        assertThat(world.a.cells.values())
                .hasSize(1)
                .allSatisfy(list -> assertThat(numbers(list)).isEqualTo(upTo(cells)));
    }

    @Seeded(20)
    void all_cells_arrive_in_order_under_loss_reordering_and_duplication(long seed) {
        var world = new TwoPeers(seed);
        roughSea(world.wire, 0.05);
        exchange(world, 3, 400, 300);
    }

    @Seeded(20)
    void all_cells_arrive_when_every_fifth_datagram_is_lost(long seed) {
        var world = new TwoPeers(seed);
        roughSea(world.wire, 0.2);
        exchange(world, 2, 150, 600);
    }

    @Test
    void without_loss_nothing_is_sent_twice() {
        var world = new TwoPeers(3);
        exchange(world, 4, 1_000, 60);
        assertThat(world.a.links.statistics().packetsLost()).isZero();
        assertThat(world.a.links.statistics().cellsRepeated()).isZero();
        assertThat(world.b.links.statistics().cellsRepeated()).isZero();
        assertThat(world.b.links.statistics().droppedInAll()).isZero();
    }

    @Test
    void two_cells_travel_in_one_packet() {
        var world = new TwoPeers(3);
        exchange(world, 1, 100, 10);
        assertThat(world.wire.log()).anyMatch(datagram -> datagram.isData() && datagram.bytes().length > 1_024);
        assertThat(world.wire.log()).allMatch(datagram -> datagram.bytes().length <= 1_232);
    }

    @Test
    void packets_grow_where_the_path_carries_more() {
        var world = new TwoPeers(3, Settings.with(settings -> settings.maxPacketBytes = 16_384));
        world.wire.swallow = datagram -> datagram.bytes().length > 8_972;
        exchange(world, 1, 2_000, 30);
        assertThat(world.wire.log())
                .filteredOn(datagram -> datagram.bytes().length <= 8_972)
                .anyMatch(datagram -> datagram.bytes().length > 8_192);
        assertThat(world.a.links.statistics().packetsLost()).isLessThan(20);
    }

    @Test
    void a_path_that_carries_less_than_before_is_noticed() {
        var world = new TwoPeers(3, Settings.with(settings -> settings.maxPacketBytes = 16_384));
        exchange(world, 1, 2_000, 30);
        world.wire.swallow = datagram -> datagram.bytes().length > 1_472;
        long back = world.b.inbound.getFirst();
        int[] sent = {0};
        List<byte[]> arrived = world.a.cells.values().iterator().next();
        arrived.clear();
        world.runUntil(60 * SECOND, () -> {
            sent[0] = world.send(world.b, back, sent[0], 1_000);
            return arrived.size() == 1_000;
        });
        assertThat(numbers(arrived)).isEqualTo(upTo(1_000));
    }

    @Test
    void cells_that_are_held_together_travel_in_pairs() {
        var world = new TwoPeers(3);
        world.connect();
        long channel = world.openChannel(world.a, world.b);
        world.runFor(SECOND);
        int before = world.wire.log().size();
        world.a.links.hold();
        world.send(world.a, channel, 0, 10);
        assertThat(world.wire.log()).hasSize(before);
        world.a.links.release(world.now());
        assertThat(world.wire.log()).hasSize(before + 5);
        world.runFor(SECOND);
        assertThat(numbers(world.b.cells.get(world.b.inbound.getLast()))).isEqualTo(upTo(10));
    }

    @Test
    void a_cell_may_be_sent_as_soon_as_message_2_has_come() {
        var world = new TwoPeers(4);
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(SECOND, () -> world.a.credit.containsKey(channel));
        world.send(world.a, channel, 0, 1);
        assertThat(world.b.links.links()).isEmpty();
        long asked = world.now();
        world.runUntil(SECOND, () -> !world.b.cells.isEmpty());
        assertThat(world.now() - asked).isLessThan(2 * world.wire.latency);
    }

    @Test
    void loss_on_one_channel_stalls_no_other() {
        var world = new TwoPeers(5);
        world.connect();
        long first = world.openChannel(world.a, world.b);
        long second = world.openChannel(world.a, world.b);
        world.runFor(SECOND);
        boolean[] swallowed = {false};
        world.wire.swallow = datagram -> !swallowed[0] && datagram.from().equals(world.a.endpoint());
        world.send(world.a, first, 0, 1);
        swallowed[0] = true;
        world.send(world.a, first, 1, 2);
        world.send(world.a, second, 0, 1);
        world.runFor(world.wire.latency + 1);

        assertThat(world.b.cells.get(world.b.inbound.get(2))).hasSize(1);
        assertThat(world.b.cells.get(world.b.inbound.get(1))).isNull();
        world.runUntil(SECOND, () -> world.b.cells.containsKey(world.b.inbound.get(1)));
        assertThat(numbers(world.b.cells.get(world.b.inbound.get(1)))).containsExactly(0, 1);
    }

    @Test
    void sending_beyond_credit_is_a_bug_of_the_sender() {
        var world = new TwoPeers(6);
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(SECOND, () -> world.a.credit.containsKey(channel));
        int end = world.send(world.a, channel, 0, 10_000);
        assertThat(end).isEqualTo(Channel.INITIAL_CREDIT);
        assertThatThrownBy(() -> world.a.links.send(channel, TwoPeers.cell(0), world.now()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_delivers_what_was_sent_before() {
        var world = new TwoPeers(7);
        world.wire.loss = 0.1;
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(10 * SECOND, () -> world.a.credit.containsKey(channel));
        world.send(world.a, channel, 0, 60);
        world.a.links.closeChannel(channel, world.now());
        world.a.links.send(channel, TwoPeers.cell(0), world.now());
        world.runUntil(30 * SECOND, () -> !world.b.ended.isEmpty());

        long inbound = world.b.inbound.getFirst();
        assertThat(world.b.ended).containsEntry(inbound, ChannelEnd.CLOSED_BY_PEER);
        assertThat(numbers(world.b.cells.get(inbound))).isEqualTo(upTo(60));
        assertThat(world.a.ended).isEmpty();
        world.runFor(10 * SECOND);
        assertThat(world.a.links.links().getFirst().channels()).isZero();
        assertThat(world.b.links.links().getFirst().channels()).isZero();
    }

    @Seeded(10)
    void both_may_close_at_once(long seed) {
        var world = new TwoPeers(seed);
        roughSea(world.wire, 0.1);
        long channel = world.openChannel(world.a, world.b);
        world.runUntil(20 * SECOND, () -> !world.b.inbound.isEmpty());
        world.a.links.closeChannel(channel, world.now());
        world.b.links.closeChannel(world.b.inbound.getFirst(), world.now());
        world.runFor(20 * SECOND);
        assertThat(world.a.links.links()).allMatch(link -> link.channels() == 0);
        assertThat(world.b.links.links()).allMatch(link -> link.channels() == 0);
        assertThat(world.a.links.statistics().channels()).isZero();
    }

    @Test
    void a_peer_that_opens_too_many_channels_is_refused() {
        var world = new TwoPeers(8, Settings.with(settings -> settings.channelsPerLink = 2));
        Peer greedy = world.another("10.0.0.9:9", LinkSettings.defaults());
        long[] names = {
            world.openChannel(greedy, world.b), world.openChannel(greedy, world.b), world.openChannel(greedy, world.b)
        };
        world.runFor(2 * SECOND);
        assertThat(world.b.inbound).hasSize(2);
        assertThat(greedy.ended).containsExactly(Map.entry(names[2], ChannelEnd.REFUSED));

        greedy.links.closeChannel(names[0], world.now());
        world.runFor(2 * SECOND);
        world.openChannel(greedy, world.b);
        world.runFor(2 * SECOND);
        assertThat(world.b.inbound).hasSize(3);
    }

    @Test
    void our_own_channels_are_limited_too() {
        var world = new TwoPeers(9, Settings.with(settings -> settings.channelsPerLink = 1));
        world.openChannel(world.a, world.b);
        long second = world.openChannel(world.a, world.b);
        world.runFor(SECOND);
        assertThat(world.a.ended).containsEntry(second, ChannelEnd.LIMIT);
    }

    @Seeded(5)
    void with_no_room_out_of_order_all_cells_still_arrive(long seed) {
        var world = new TwoPeers(seed, Settings.with(settings -> {
            settings.reorderedCellsPerLink = 0;
            settings.reorderedCells = 0;
        }));
        roughSea(world.wire, 0.05);
        exchange(world, 2, 100, 300);
        assertThat(world.b.links.statistics().dropped(DropReason.NO_ROOM)).isPositive();
    }

    @Test
    void names_of_inbound_channels_tell_their_owner() {
        var world = new TwoPeers(10);
        world.openChannel(world.a, world.b);
        world.runFor(SECOND);
        assertThat(world.b.inbound).allMatch(name -> ChannelIds.owner(name) == ChannelIds.INBOUND);
    }

    @Test
    void many_channels_share_a_link_fairly() {
        var world = new TwoPeers(11);
        world.connect();
        long bulk = world.openChannel(world.a, world.b);
        long small = world.openChannel(world.a, world.b);
        world.runFor(SECOND);
        int[] sent = {world.send(world.a, bulk, 0, 2_000)};
        world.send(world.a, small, 0, 1);
        world.runUntil(SECOND, () -> {
            sent[0] = world.send(world.a, bulk, sent[0], 2_000);
            return world.b.cells.containsKey(world.b.inbound.get(2));
        });
        assertThat(world.b.cells.get(world.b.inbound.get(1)).size()).isLessThan(100);
    }
}
