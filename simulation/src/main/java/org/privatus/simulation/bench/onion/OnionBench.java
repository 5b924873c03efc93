package org.privatus.simulation.bench.onion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.Profiling;
import org.privatus.simulation.bench.harness.Progress;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Spread;
import org.privatus.simulation.bench.node.MeasuredNode;
import org.privatus.simulation.bench.node.NodeNetwork;
import org.privatus.simulation.bench.node.NodeReply;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Measures circuits and splices through six relays: a client, a receiver that is as hidden as the client, and a builder that only builds circuits.
public final class OnionBench {
    private static final int RELAYS = 6;
    private static final int STREAMS = 4;
    private static final int PING_SIZE = 100;
    private static final int HEAP_MEGABYTES = 256;
    private static final int HOPS = 3;
    private static final int HOLDING_RELAYS = 3;
    private static final long PAUSE_MILLIS = 500;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private final OnionWork work;
    private final int rounds;
    private final Path directory;
    private final Cleanup cleanup;
    private final Progress progress;
    private final Profiling profiling;
    private final RowBook book = new RowBook();

    public OnionBench(
            OnionWork work, int rounds, Path directory, Cleanup cleanup, Progress progress, Profiling profiling) {
        this.work = work;
        this.rounds = rounds;
        this.directory = directory;
        this.cleanup = cleanup;
        this.progress = progress;
        this.profiling = profiling;
    }

    /// Everything, round by round.
    public RowBook run() throws IOException {
        var network = new NodeNetwork(HEAP_MEGABYTES, List.of(), directory, cleanup);
        network.startRelays(RELAYS, progress);
        progress.now("starting client, receiver and builder");
        MeasuredNode receiver = network.startGuest("receiver", List.of());
        MeasuredNode client = network.startGuest("client", List.of());
        MeasuredNode builder =
                network.startGuest("builder", List.of("privatus.onion.spares=0", "privatus.onion.max-circuits=10000"));
        String person = receiver.serve();
        client.serve();
        client.openSplices(person, STREAMS);
        warmUp(client, builder);
        for (int round = 1; round <= rounds; round++) {
            String of = "round " + round + " of " + rounds + ": ";
            hidden(network, client, person, of);
            build(network, builder, of);
        }
        network.recorded(profiling, "hidden-bulk", () -> client.run(Work.sink(work.bulkBytes())));
        network.recorded(profiling, "build", () -> {
            builder.buildCircuits(work.burst());
            builder.buildCircuits(0);
        });
        network.close();
        if (work.held() > 0) {
            hold();
        }
        return book;
    }

    private void warmUp(MeasuredNode client, MeasuredNode builder) {
        progress.now("warming up");
        long each = Math.max(1, work.warmUpBytes() / STREAMS);
        client.run(Work.sink(each), Work.sink(each), Work.sink(each), Work.sink(each));
        client.run(Work.pings(work.pings(), PING_SIZE));
        builder.buildCircuits(work.burst());
        builder.buildCircuits(0);
    }

    private void hidden(NodeNetwork network, MeasuredNode client, String person, String round) {
        progress.now(round + "hidden to hidden, bulk");
        List<Double> before = network.cpuTimes();
        Outcome bulk = client.run(Work.sink(work.bulkBytes())).getFirst();
        double cpu = CpuTime.between(before, network.cpuTimes());
        book.note(OnionFigures.HIDDEN_RATE, megabytesPerSecond(bulk.bytes(), bulk.nanos()));
        book.note(OnionFigures.HIDDEN_CPU, cpu / (bulk.bytes() / BYTES_PER_GIGABYTE));

        progress.now(round + "hidden to hidden, four streams");
        long each = Math.max(1, work.bulkBytes() / STREAMS);
        List<Outcome> four = client.run(Work.sink(each), Work.sink(each), Work.sink(each), Work.sink(each));
        long longest = four.stream().mapToLong(Outcome::nanos).max().orElseThrow();
        book.note(OnionFigures.HIDDEN_FOUR_RATE, megabytesPerSecond(each * STREAMS, longest));

        progress.now(round + "hidden to hidden, pings");
        long[] pings = latencies(client.run(Work.pings(work.pings(), PING_SIZE)).getFirst());
        book.note(OnionFigures.HIDDEN_PING_50, Spread.quantile(pings, 0.5) / NANOS_PER_MILLI);
        book.note(OnionFigures.HIDDEN_PING_99, Spread.quantile(pings, 0.99) / NANOS_PER_MILLI);

        progress.now(round + "hidden to hidden, first byte");
        client.closeSplices();
        long[] opened = new long[work.openings()];
        for (int i = 0; i < opened.length; i++) {
            pause();
            opened[i] = client.openSplices(person, 1).getFirst();
            Outcome first = client.run(Work.pings(1, 1)).getFirst();
            opened[i] += first.nanos();
            client.closeSplices();
        }
        book.note(OnionFigures.FIRST_BYTE, Spread.quantile(opened, 0.5) / NANOS_PER_MILLI);
        client.openSplices(person, STREAMS);
    }

    private void build(NodeNetwork network, MeasuredNode builder, String round) {
        progress.now(round + "building circuits one by one");
        List<Double> before = network.cpuTimes();
        long[] each = new long[work.builds()];
        for (int i = 0; i < each.length; i++) {
            each[i] = builder.buildCircuits(i + 1).eachNanos().getFirst();
        }
        double cpu = CpuTime.between(before, network.cpuTimes());
        book.note(OnionFigures.BUILD_50, Spread.quantile(each, 0.5) / NANOS_PER_MILLI);
        book.note(OnionFigures.BUILD_CPU, cpu * MILLIS_PER_SECOND / each.length);

        progress.now(round + "building circuits at once");
        List<Double> again = network.cpuTimes();
        NodeReply.Built burst = builder.buildCircuits(work.builds() + work.burst());
        double burstCpu = CpuTime.between(again, network.cpuTimes());
        book.note(OnionFigures.BURST_RATE, work.burst() * NANOS_PER_SECOND / burst.nanos());
        book.note(OnionFigures.BURST_CPU, burstCpu * MILLIS_PER_SECOND / work.burst());
        builder.buildCircuits(0);
        pause();
    }

    /// All circuits pass the same three relays.
    private void hold() throws IOException {
        progress.now("starting relays to be filled");
        var network = new NodeNetwork(
                HEAP_MEGABYTES,
                List.of(
                        "privatus.onion.relay.max-circuits=20000",
                        "privatus.node.link.channels-per-link=20000",
                        "privatus.node.link.channel-limit=100000",
                        "privatus.onion.spares=0",
                        "privatus.onion.max-circuits=10000"),
                directory,
                cleanup);
        List<MeasuredNode> relays = network.startRelays(HOLDING_RELAYS, progress);
        MeasuredNode builder = network.startGuest("builder", List.of());
        progress.now("filling relays with " + work.held() + " circuits");
        for (int built = 0; built < work.held(); built += work.burst()) {
            builder.buildCircuits(Math.min(work.held(), built + work.burst()));
        }
        NodeReply.Weight weight = relays.get(HOPS / 2).weigh();
        if (weight.circuits() < work.held()) {
            throw UserError.runtime("the relay holds " + weight.circuits() + " of " + work.held() + " circuits");
        }
        book.note(OnionFigures.HELD_HEAP, weight.heapBytes() / BYTES_PER_MEGABYTE);
        network.close();
    }

    private static double megabytesPerSecond(long bytes, long nanos) {
        return bytes / BYTES_PER_MEGABYTE / (nanos / NANOS_PER_SECOND);
    }

    private static long[] latencies(Outcome outcome) {
        return outcome.latenciesNanos().stream().mapToLong(Long::longValue).toArray();
    }

    /// What was closed is gone, and what takes its place is there.
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }
}
