package org.privatus.simulation.bench.onion;

import java.io.IOException;
import java.util.List;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Spread;
import org.privatus.simulation.bench.node.MeasuredNode;
import org.privatus.simulation.bench.node.NodeNetwork;
import org.privatus.simulation.bench.node.NodeReply;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Circuits through three relays, so that all circuits pass the same ones; their last hops count, echo or make up bytes.
final class CircuitPart {
    private static final int HOPS = 3;
    private static final int STREAMS = 4;
    private static final int PING_SIZE = 100;
    private static final long PAUSE_MILLIS = 300;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    /// Relays that refuse nothing of this work, and a client that may own as many circuits as it likes.
    private static final List<String> SETTINGS = List.of(
            "privatus.onion.relay.measuring.stream=1 TiB",
            "privatus.onion.relay.measuring.rate=1 TiB",
            "privatus.onion.relay.measuring.streams=64",
            "privatus.onion.relay.measuring.streams-per-circuit=4",
            "privatus.onion.relay.max-circuits=20000",
            "privatus.node.link.channels-per-link=20000",
            "privatus.node.link.channel-limit=100000",
            "privatus.onion.spares=0",
            "privatus.onion.max-circuits=10000");

    private final OnionWork work;
    private final OnionBench.Setting setting;
    private final RowBook book;

    CircuitPart(OnionWork work, OnionBench.Setting setting, RowBook book) {
        this.work = work;
        this.setting = setting;
        this.book = book;
    }

    void run(int rounds) throws IOException {
        var network = new NodeNetwork(work.brief(), SETTINGS, setting.directory(), setting.cleanup());
        List<MeasuredNode> relays = network.startRelays(HOPS, setting.progress());
        setting.progress().now("starting a client");
        MeasuredNode client = network.startGuest("client", List.of());
        client.openCircuits(HOPS, STREAMS);
        setting.progress().now("warming up");
        client.run(Rates.shares(work.warmUpBytes(), STREAMS));
        for (int i = 0; i < work.warmUpBursts(); i++) {
            client.buildCircuits(work.burst());
            client.buildCircuits(0);
            pause();
        }
        round(network, relays, client, "warming up, ", new RowBook());
        for (int round = 1; round <= rounds; round++) {
            round(network, relays, client, "round " + round + " of " + rounds + ": ", book);
        }
        network.recorded(setting.profiling(), "circuit-bulk", () -> client.run(Work.sink(work.bulkBytes())));
        network.recorded(setting.profiling(), "circuit-build", () -> client.buildCircuits(work.burst()));
        if (work.held() > 0) {
            hold(relays.getFirst(), client);
        }
        network.close();
    }

    private void round(
            NodeNetwork network, List<MeasuredNode> relays, MeasuredNode client, String round, RowBook into) {
        setting.progress().now(round + "bulk over 3 hops");
        List<ProcessHandle> relaying =
                relays.stream().map(MeasuredNode::process).toList();
        List<Double> before = network.cpuTimes();
        List<Double> relaysBefore = CpuTime.read(relaying);
        List<Outcome> bulk = client.run(Work.sink(work.bulkBytes()));
        double relayCpu = CpuTime.between(relaysBefore, CpuTime.read(relaying));
        into.note(OnionFigures.BULK_RATE, Rates.megabytesPerSecond(bulk));
        into.note(OnionFigures.BULK_CPU, Rates.perGigabyte(CpuTime.between(before, network.cpuTimes()), bulk));
        into.note(OnionFigures.HOP_CPU, Rates.perGigabyte(relayCpu / HOPS, bulk));

        setting.progress().now(round + "four streams on four circuits");
        List<Double> fourBefore = network.cpuTimes();
        List<Outcome> four = client.run(Rates.shares(work.bulkBytes(), STREAMS));
        into.note(OnionFigures.FOUR_RATE, Rates.megabytesPerSecond(four));
        into.note(OnionFigures.FOUR_CPU, Rates.perGigabyte(CpuTime.between(fourBefore, network.cpuTimes()), four));

        setting.progress().now(round + "pings over 3 hops");
        Outcome quiet = client.run(Work.pings(work.pings(), PING_SIZE)).getFirst();
        Rates.notePings(quiet, OnionFigures.PING_50, OnionFigures.PING_99, into);
        setting.progress().now(round + "pings beside a bulk transfer");
        Work beside = Work.sink(Math.max(1, work.bulkBytes() / STREAMS)).inBackground();
        Outcome busy = client.run(Work.pings(work.pings(), PING_SIZE), beside).getFirst();
        Rates.notePings(busy, OnionFigures.BUSY_PING_50, OnionFigures.BUSY_PING_99, into);
        build(network, client, round, into);
    }

    private void build(NodeNetwork network, MeasuredNode client, String round, RowBook into) {
        setting.progress().now(round + "building circuits one by one");
        List<Double> before = network.cpuTimes();
        long[] each = new long[work.builds()];
        for (int i = 0; i < each.length; i++) {
            each[i] = client.buildCircuits(i + 1).eachNanos().getFirst();
        }
        double cpu = CpuTime.between(before, network.cpuTimes());
        into.note(OnionFigures.BUILD_50, Spread.quantile(each, 0.5) / Rates.NANOS_PER_MILLI);
        into.note(OnionFigures.BUILD_CPU, cpu * Rates.MILLIS_PER_SECOND / each.length);

        setting.progress().now(round + "building circuits at once");
        List<Double> again = network.cpuTimes();
        NodeReply.Built burst = client.buildCircuits(work.builds() + work.burst());
        double burstCpu = CpuTime.between(again, network.cpuTimes());
        into.note(OnionFigures.BURST_RATE, work.burst() * Rates.NANOS_PER_SECOND / burst.nanos());
        into.note(OnionFigures.BURST_CPU, burstCpu * Rates.MILLIS_PER_SECOND / work.burst());
        client.buildCircuits(0);
        pause();
    }

    private void hold(MeasuredNode relay, MeasuredNode client) {
        setting.progress().now("filling relays with " + work.held() + " circuits");
        for (int built = 0; built < work.held(); built += work.burst()) {
            client.buildCircuits(Math.min(work.held(), built + work.burst()));
        }
        NodeReply.Weight weight = relay.weigh();
        if (weight.circuits() < work.held()) {
            throw UserError.runtime("the relay holds " + weight.circuits() + " of " + work.held() + " circuits");
        }
        book.note(OnionFigures.HELD_HEAP, weight.heapBytes() / BYTES_PER_MEGABYTE);
    }

    /// What was closed is gone everywhere.
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }
}
