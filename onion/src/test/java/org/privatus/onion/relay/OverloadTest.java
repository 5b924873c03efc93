package org.privatus.onion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.DestroyReason;
import org.privatus.onion.cell.ExtendFailure;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;

/// A hundred times as much as honest users want, from few sources: they keep at least half of what they want, and the
/// relay takes no more memory than it is allowed.
class OverloadTest {
    private static final int WINDOW = 256;
    private static final int CREDIT = 100_000;
    private static final RelaySettings SETTINGS = RelaySettings.defaults();

    private final RelayBench bench = new RelayBench();

    private byte[] handshake() {
        BareClient client = new BareClient(bench, 0, bench.onionKeys.current().key());
        return Fragments.cells(Kind.CREATE, ChannelCell.CREATE, client.start().handshake());
    }

    private boolean isRefused(long channel) {
        return bench.sent.get(channel).stream()
                .anyMatch(cell -> ChannelCell.command(cell) == ChannelCell.DESTROY
                        && DestroyReason.of(cell, 0) == DestroyReason.RESOURCE_LIMIT);
    }

    @Test
    void a_hundredfold_flood_of_builds_leaves_half_of_the_honest_ones() {
        List<Contact> honest = IntStream.range(0, 20).mapToObj(bench::someone).toList();
        Contact flooder = bench.someone(999);
        byte[] create = handshake();
        List<Long> wanted = new ArrayList<>();
        int most = 0;
        for (int tick = 0; tick < 200; tick++) {
            bench.now += 10_000_000L;
            for (int i = 0; i < 100; i++) {
                build(flooder, create);
            }
            wanted.add(build(honest.get(tick % honest.size()), create));
            work(10);
            most = Math.max(most, bench.relay.view().circuits());
        }
        while (!bench.jobs.isEmpty()) {
            work(10);
        }
        long served = wanted.stream()
                .filter(channel -> bench.sent.get(channel).stream()
                        .anyMatch(cell -> ChannelCell.command(cell) == ChannelCell.CREATED))
                .count();
        assertThat(served).isGreaterThanOrEqualTo(wanted.size() / 2);
        assertThat(most).isLessThanOrEqualTo(SETTINGS.buildBurst() + 200 + 2 * wanted.size());
        assertThat(bench.relay.view().circuitsRefused()).isGreaterThan(15_000);
    }

    private long build(Contact peer, byte[] create) {
        long channel = bench.channel(peer, CREDIT);
        bench.relay.channelCells(channel, create.clone(), bench.now);
        return channel;
    }

    /// As much as the relay's processor does in one tick.
    private void work(int jobs) {
        for (int i = 0; i < jobs && !bench.jobs.isEmpty(); i++) {
            Job job = bench.jobs.poll();
            job.run();
            bench.relay.computed(job, bench.now);
        }
    }

    @Test
    void a_refusal_says_why() {
        Contact flooder = bench.someone(1);
        long last = 0;
        for (int i = 0; i <= SETTINGS.buildBurst(); i++) {
            last = bench.channel(flooder, CREDIT);
            assertThat(isRefused(last)).isEqualTo(i == SETTINGS.buildBurst());
        }
        assertThat(bench.isClosed(last)).isTrue();
        assertThat(isRefused(bench.channel(bench.someone(2), CREDIT))).isFalse();
    }

    @Test
    void an_address_group_may_begin_twice_as_many_as_one_peer() {
        int begun = 0;
        for (int i = 0; i < 4; i++) {
            Contact peer = bench.someone(i).at(Endpoint.of(new byte[] {90, 1, 1, (byte) (i + 1)}, 4000));
            for (int n = 0; n < SETTINGS.buildBurst(); n++) {
                begun += isRefused(bench.channel(peer, CREDIT)) ? 0 : 1;
            }
        }
        assertThat(begun).isEqualTo(2 * SETTINGS.buildBurst());
    }

    @Test
    void who_holds_the_most_circuits_makes_room_for_newcomers() {
        Contact greedy = bench.someone(1);
        List<Long> held = new ArrayList<>();
        while (bench.relay.view().circuits() < SETTINGS.maxCircuits()) {
            held.add(bench.channel(greedy, CREDIT));
            bench.now += SETTINGS.buildInterval().toNanos();
            bench.relay.channelCells(held.getLast(), new byte[0], bench.now);
            bench.relay.channelClosed(held.removeLast(), bench.now);
            held.add(bench.channel(greedy, CREDIT));
        }
        long refused = bench.channel(greedy, CREDIT);
        assertThat(isRefused(refused)).isTrue();
        long newcomer = bench.channel(bench.someone(2), CREDIT);
        assertThat(isRefused(newcomer)).isFalse();
        assertThat(bench.isClosed(held.getFirst())).isTrue();
        assertThat(bench.relay.view().circuits()).isEqualTo(SETTINGS.maxCircuits());
    }

    @Test
    void what_the_next_relay_refuses_is_told_as_no_failure_of_it() {
        BareClient client = bench.client(CREDIT);
        long outer = extend(client);
        bench.cell(outer, ChannelCell.destroy(DestroyReason.RESOURCE_LIMIT));
        assertThat(ExtendFailure.of(
                        client.received(RelayCommand.EXTEND_FAILED).getFirst().body()))
                .isEqualTo(ExtendFailure.BUSY);
        assertThat(client.isDestroyed()).isFalse();
    }

    /// Makes the relay dial, and returns the channel to the next one, which has not answered yet.
    private long extend(BareClient client) {
        byte[] handshake = new byte[1_312];
        Contact to = bench.someone(3);
        WireWriter out = WireWriter.allocate(to.length() + handshake.length);
        to.write(out);
        Fragments.messages(
                        Kind.EXTEND,
                        RelayCommand.EXTEND,
                        0,
                        out.bytes(handshake).toBytes())
                .forEach(client::sendEarly);
        long outer = new ArrayList<>(bench.dialled.keySet()).getLast();
        bench.relay.channelReady(outer, 3, bench.now);
        return outer;
    }

    /// A circuit that goes on to another relay, which gives this much credit.
    private long passing(BareClient client, int credit) {
        long outer = extend(client);
        bench.cell(outer, Fragments.cells(Kind.CREATED, ChannelCell.CREATED, new byte[1_000]));
        bench.relay.channelCredit(outer, credit, bench.now);
        return outer;
    }

    @Test
    void a_hundredfold_flood_of_cells_that_find_no_way_out_costs_its_own_circuits() {
        List<BareClient> honest = new ArrayList<>();
        List<Long> ways = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            honest.add(bench.client(CREDIT));
            ways.add(passing(honest.getLast(), CREDIT));
        }
        TreeMap<Long, Integer> floods = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            BareClient flooder = bench.client(CREDIT);
            passing(flooder, 0);
            floods.put(flooder.channel(), 0);
        }
        int most = 0;
        for (int tick = 0; tick < 250; tick++) {
            bench.now += 1_000_000L;
            for (long channel : floods.keySet()) {
                flood(channel, floods);
            }
            for (BareClient each : honest) {
                bench.relay.channelCells(each.channel(), run(1), bench.now);
            }
            most = Math.max(most, bench.relay.view().queuedCells());
        }
        assertThat(most).isBetween(SETTINGS.maxQueuedCells() / 2, SETTINGS.maxQueuedCells());
        for (int i = 0; i < honest.size(); i++) {
            assertThat(bench.isClosed(honest.get(i).channel())).isFalse();
            assertThat(bench.sent.get(ways.get(i))).hasSizeGreaterThanOrEqualTo(3 + 125);
        }
        assertThat(floods.keySet().stream().anyMatch(bench::isClosed)).isTrue();
    }

    /// One cell after the other, as far as the window of the channel lets it.
    private void flood(long channel, Map<Long, Integer> sent) {
        int underWay = sent.get(channel) - bench.consumed.getOrDefault(channel, 0);
        if (!bench.isClosed(channel) && underWay + 1 <= WINDOW) {
            sent.merge(channel, 1, Integer::sum);
            bench.relay.channelCells(channel, run(1), bench.now);
        }
    }

    private static byte[] run(int cells) {
        byte[] run = new byte[cells * ChannelCell.LENGTH];
        for (int at = 0; at < run.length; at += ChannelCell.LENGTH) {
            run[at] = ChannelCell.RELAY;
        }
        return run;
    }

    @Test
    void a_peer_whose_cells_find_no_way_out_gets_no_more_credit() {
        BareClient client = bench.client(CREDIT);
        long outer = passing(client, 10);
        int before = bench.consumed.get(client.channel());
        bench.relay.channelCells(client.channel(), run(100), bench.now);
        assertThat(bench.consumed.get(client.channel()) - before).isEqualTo(10);
        bench.relay.channelCredit(outer, 30, bench.now);
        assertThat(bench.consumed.get(client.channel()) - before).isEqualTo(40);
        bench.relay.channelCredit(outer, 1_000, bench.now);
        assertThat(bench.consumed.get(client.channel()) - before).isEqualTo(100);
        assertThat(bench.sent.get(outer)).hasSize(3 + 100);
    }

    @Test
    void in_one_turn_a_quiet_circuit_goes_first() {
        BareClient busy = bench.client(CREDIT);
        BareClient quiet = bench.client(CREDIT);
        long beyondBusy = passing(busy, CREDIT);
        long beyondQuiet = passing(quiet, CREDIT);
        bench.relay.channelCells(beyondBusy, run(100), bench.now);
        List<Long> order = new ArrayList<>();
        bench.onSend = order::add;
        bench.relay.hold();
        bench.relay.channelCells(beyondBusy, run(10), bench.now);
        bench.relay.channelCells(beyondQuiet, run(1), bench.now);
        assertThat(order).as("nothing leaves before the turn is over").isEmpty();
        bench.relay.release(bench.now);
        assertThat(order).containsExactly(quiet.channel(), busy.channel());
    }

    @Test
    void messages_of_one_turn_leave_in_one_run() {
        BareClient client = bench.client(CREDIT);
        List<Long> order = new ArrayList<>();
        bench.onSend = order::add;
        bench.relay.hold();
        for (int i = 0; i < 5; i++) {
            client.send(RelayMessage.onCircuit(RelayCommand.ECHO, new byte[] {(byte) i}));
        }
        bench.relay.release(bench.now);
        assertThat(order).containsExactly(client.channel());
        assertThat(client.received(RelayCommand.ECHOED)).hasSize(5);
    }
}
