package org.privatus.simulation.bench.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.Profiling;
import org.privatus.simulation.bench.harness.Progress;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Spread;
import org.privatus.simulation.bench.node.MeasuredNode;
import org.privatus.simulation.bench.node.NodeNetwork;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Measures a direct stream between two nodes over loopback.
public final class LinkBench {
    private static final int SIZE = 100;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private final LinkWork work;
    private final int rounds;
    private final Path directory;
    private final Cleanup cleanup;
    private final Progress progress;
    private final Profiling profiling;

    public LinkBench(
            LinkWork work, int rounds, Path directory, Cleanup cleanup, Progress progress, Profiling profiling) {
        this.work = work;
        this.rounds = rounds;
        this.directory = directory;
        this.cleanup = cleanup;
        this.progress = progress;
        this.profiling = profiling;
    }

    /// Everything, round by round.
    public RowBook run() throws IOException {
        progress.now("starting two nodes");
        var network = new NodeNetwork(work.brief(), List.of(), directory, cleanup);
        MeasuredNode listener = network.startFirst("listener");
        MeasuredNode dialler = network.startGuest("dialler", List.of());
        listener.acceptDirect();
        dialler.openDirect(network.joinAddress());
        var book = new RowBook();
        for (int i = 1; i <= work.warmUps(); i++) {
            round(network, dialler, "warming up, " + i + " of " + work.warmUps() + ": ", new RowBook());
        }
        for (int i = 1; i <= rounds; i++) {
            round(network, dialler, "round " + i + " of " + rounds + ": ", book);
        }
        network.recorded(profiling, "bulk", () -> dialler.run(Work.sink(work.bulkBytes())));
        network.recorded(profiling, "messages", () -> dialler.run(Work.messages(work.messages(), SIZE)));
        network.close();
        return book;
    }

    private void round(NodeNetwork network, MeasuredNode dialler, String round, RowBook book) {
        progress.now(round + "bulk");
        List<Double> before = network.cpuTimes();
        Outcome bulk = dialler.run(Work.sink(work.bulkBytes())).getFirst();
        double cpu = CpuTime.between(before, network.cpuTimes());
        book.note(LinkFigures.BULK_RATE, bulk.bytes() / BYTES_PER_MEGABYTE / seconds(bulk));
        book.note(LinkFigures.BULK_CPU, cpu / (bulk.bytes() / BYTES_PER_GIGABYTE));

        progress.now(round + "messages");
        List<Double> beforeMessages = network.cpuTimes();
        Outcome messages = dialler.run(Work.messages(work.messages(), SIZE)).getFirst();
        double cpuOfMessages = CpuTime.between(beforeMessages, network.cpuTimes());
        book.note(LinkFigures.MESSAGE_RATE, work.messages() / seconds(messages));
        book.note(LinkFigures.MESSAGE_CPU, cpuOfMessages * MICROS_PER_SECOND / work.messages());

        progress.now(round + "round trips");
        long[] trips = dialler.run(Work.pings(work.pings(), SIZE)).getFirst().latenciesNanos().stream()
                .mapToLong(Long::longValue)
                .toArray();
        book.note(LinkFigures.PING_50, Spread.quantile(trips, 0.5) / NANOS_PER_MILLI);
        book.note(LinkFigures.PING_99, Spread.quantile(trips, 0.99) / NANOS_PER_MILLI);
    }

    private static double seconds(Outcome outcome) {
        return outcome.nanos() / NANOS_PER_SECOND;
    }
}
