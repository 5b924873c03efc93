package org.privatus.simulation.bench.tor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.Progress;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Spread;
import org.privatus.simulation.bench.onion.OnionFigures;
import org.privatus.simulation.bench.onion.OnionWork;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Measures an installed tor with the work and under the keys of `bench onion`. Streams begin in this process, at a SOCKS port, and end in it, behind an
/// exit or an onion service: what it costs does not count, only tor's processes do.
public final class TorBench {
    private static final int STREAMS = 4;
    private static final int PING_SIZE = 100;
    private static final int HOPS = 3;
    private static final int ONION_TRIES = 40;
    private static final long TRY_AGAIN_MILLIS = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double BYTES_PER_GIGABYTE = 1e9;

    private final TorPrograms programs;
    private final boolean vanilla;
    private final OnionWork work;
    private final int rounds;
    private final Path directory;
    private final Cleanup cleanup;
    private final Progress progress;
    private final RowBook book = new RowBook();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("bench-stream-", 0).factory());
    private int names;

    /// @param vanilla tor's scheduler that follows no timers, which bind the default one on loopback
    /// @throws UserError if no tor is installed
    public TorBench(
            Terminal terminal,
            boolean vanilla,
            OnionWork work,
            int rounds,
            Path directory,
            Cleanup cleanup,
            Progress progress)
            throws IOException {
        this.programs = TorPrograms.find(terminal);
        this.vanilla = vanilla;
        this.work = work;
        this.rounds = rounds;
        this.directory = directory;
        this.cleanup = cleanup;
        this.progress = progress;
    }

    /// As in the head of a table.
    public String name() {
        return programs.version() + (vanilla ? "" : " (KIST)");
    }

    /// Everything, round by round.
    ///
    /// @throws UserError if tor does not do what it is asked for
    public RowBook run() {
        try {
            measure();
            return book;
        } catch (IOException e) {
            throw UserError.runtime("measuring tor failed: " + e.getMessage());
        } finally {
            threads.shutdownNow();
        }
    }

    private void measure() throws IOException {
        var server = new AnsweringServer(cleanup);
        var network = new TorNetwork(programs, vanilla, directory, server.port(), progress);
        TorControl control = network.start(cleanup, progress);
        awaitOnion(network);
        progress.now("warming up tor");
        circuits(network, control, server, "warming up, ", new RowBook(), Math.max(1, work.bulkBytes() / STREAMS));
        hidden(network, "warming up, ", new RowBook(), Math.max(1, work.bulkBytes() / STREAMS));
        builds(network, control, "warming up, ", new RowBook());
        for (int round = 1; round <= rounds; round++) {
            String of = "round " + round + " of " + rounds + ": ";
            circuits(network, control, server, of, book, work.bulkBytes());
            hidden(network, of, book, work.bulkBytes());
            builds(network, control, of, book);
        }
        network.stop();
    }

    // ---- circuits to an exit

    private void circuits(
            TorNetwork network, TorControl control, AnsweringServer server, String round, RowBook into, long bulkBytes)
            throws IOException {
        control.leaveStreamsUnattached(true);
        List<SocksStream> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(through(network, control, i, server));
        }
        // On the path of the first.
        streams.add(through(network, control, 0, server));
        SocksStream first = streams.getFirst();
        SocksStream beside = streams.getLast();

        progress.now(round + "tor, bulk over 3 hops");
        List<Double> before = network.cpuTimes();
        List<Double> relaysBefore = network.relayCpuTimes();
        Outcome bulk = first.run(Work.sink(bulkBytes));
        double gigabytes = bulk.bytes() / BYTES_PER_GIGABYTE;
        into.note(OnionFigures.BULK_RATE, megabytesPerSecond(bulk));
        into.note(OnionFigures.BULK_CPU, CpuTime.between(before, network.cpuTimes()) / gigabytes);
        into.note(OnionFigures.HOP_CPU, CpuTime.between(relaysBefore, network.relayCpuTimes()) / gigabytes / HOPS);

        progress.now(round + "tor, four streams on four circuits");
        List<Double> fourBefore = network.cpuTimes();
        into.note(OnionFigures.FOUR_RATE, megabytesPerSecond(together(streams.subList(0, STREAMS), bulkBytes)));
        into.note(OnionFigures.FOUR_CPU, CpuTime.between(fourBefore, network.cpuTimes()) / gigabytes);

        progress.now(round + "tor, pings over 3 hops");
        pings(first, OnionFigures.PING_50, OnionFigures.PING_99, into);
        progress.now(round + "tor, pings beside a bulk transfer");
        var over = new AtomicBoolean();
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> repeat(beside, bulkBytes, over), threads);
        pings(first, OnionFigures.BUSY_PING_50, OnionFigures.BUSY_PING_99, into);
        over.set(true);
        join(busy);
        for (SocksStream stream : streams) {
            stream.close();
        }
        control.leaveStreamsUnattached(false);
    }

    /// A stream over a circuit of its own, whose relays follow one another in the list.
    private SocksStream through(TorNetwork network, TorControl control, int start, AnsweringServer server)
            throws IOException {
        String circuit = control.extend(path(network, start));
        control.awaitBuilt(circuit);
        SocksStream stream = SocksStream.request(network.socksPort(), nextName(), "127.0.0.1", server.port());
        control.attachNext("127.0.0.1:" + server.port(), circuit);
        return stream.awaitConnected();
    }

    private static void repeat(SocksStream stream, long bytes, AtomicBoolean over) {
        while (!over.get()) {
            stream.run(Work.sink(Math.max(1, bytes / STREAMS)));
        }
    }

    private void pings(SocksStream stream, String middle, String tail, RowBook into) {
        long[] nanos = stream.run(Work.pings(work.pings(), PING_SIZE)).latenciesNanos().stream()
                .mapToLong(Long::longValue)
                .toArray();
        into.note(middle, Spread.quantile(nanos, 0.5) / NANOS_PER_MILLI);
        into.note(tail, Spread.quantile(nanos, 0.99) / NANOS_PER_MILLI);
    }

    // ---- the onion service

    private void hidden(TorNetwork network, String round, RowBook into, long bulkBytes) throws IOException {
        List<SocksStream> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(hiddenStream(network));
        }
        SocksStream first = streams.getFirst();
        progress.now(round + "tor, bulk to an onion service");
        List<Double> before = network.cpuTimes();
        Outcome bulk = first.run(Work.sink(bulkBytes));
        into.note(OnionFigures.HIDDEN_RATE, megabytesPerSecond(bulk));
        into.note(
                OnionFigures.HIDDEN_CPU,
                CpuTime.between(before, network.cpuTimes()) / (bulk.bytes() / BYTES_PER_GIGABYTE));
        progress.now(round + "tor, four streams to an onion service");
        into.note(OnionFigures.HIDDEN_FOUR_RATE, megabytesPerSecond(together(streams, bulkBytes)));
        progress.now(round + "tor, pings to an onion service");
        pings(first, OnionFigures.HIDDEN_PING_50, OnionFigures.HIDDEN_PING_99, into);
        for (SocksStream stream : streams) {
            stream.close();
        }
        progress.now(round + "tor, first byte of an onion service");
        long[] nanos = new long[work.openings()];
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            try (SocksStream stream = hiddenStream(network)) {
                stream.run(Work.pings(1, 1));
                nanos[i] = System.nanoTime() - begun;
            }
        }
        into.note(OnionFigures.FIRST_BYTE, Spread.quantile(nanos, 0.5) / NANOS_PER_MILLI);
    }

    private SocksStream hiddenStream(TorNetwork network) throws IOException {
        return SocksStream.request(network.socksPort(), nextName(), network.onion(), network.onionPort())
                .awaitConnected();
    }

    /// Its descriptor takes a while to be stored.
    private void awaitOnion(TorNetwork network) throws IOException {
        progress.now("waiting for tor's onion service");
        for (int i = 0; i < ONION_TRIES; i++) {
            try (SocksStream stream = hiddenStream(network)) {
                stream.run(Work.pings(1, 1));
                return;
            } catch (IOException e) {
                pause();
            }
        }
        throw UserError.runtime("tor's onion service could not be reached");
    }

    // ---- builds

    private void builds(TorNetwork network, TorControl control, String round, RowBook into) throws IOException {
        progress.now(round + "tor, building circuits one by one");
        control.forgetEvents();
        List<Double> before = network.cpuTimes();
        List<String> circuits = new ArrayList<>();
        long[] nanos = new long[work.builds()];
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            String circuit = control.extend(path(network, i));
            nanos[i] = control.awaitBuilt(circuit) - begun;
            circuits.add(circuit);
        }
        double cpu = CpuTime.between(before, network.cpuTimes());
        into.note(OnionFigures.BUILD_50, Spread.quantile(nanos, 0.5) / NANOS_PER_MILLI);
        into.note(OnionFigures.BUILD_CPU, cpu * MILLIS_PER_SECOND / nanos.length);

        progress.now(round + "tor, building circuits at once");
        List<Double> again = network.cpuTimes();
        List<String> burst = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < work.burst(); i++) {
            burst.add(control.extend(path(network, i)));
        }
        long took = control.awaitBuilt(burst) - begun;
        double burstCpu = CpuTime.between(again, network.cpuTimes());
        into.note(OnionFigures.BURST_RATE, work.burst() * NANOS_PER_SECOND / took);
        into.note(OnionFigures.BURST_CPU, burstCpu * MILLIS_PER_SECOND / work.burst());
        circuits.addAll(burst);
        control.close(circuits);
    }

    private static List<String> path(TorNetwork network, int start) {
        List<String> relays = network.fingerprints();
        List<String> path = new ArrayList<>();
        for (int hop = 0; hop < HOPS; hop++) {
            path.add(relays.get((start + hop) % relays.size()));
        }
        return path;
    }

    // ---- parts

    /// So many bytes over several streams at once, in equal shares.
    private Outcome together(List<SocksStream> streams, long bytes) {
        long share = Math.max(1, bytes / streams.size());
        List<CompletableFuture<Outcome>> running = streams.stream()
                .map(stream -> CompletableFuture.supplyAsync(() -> stream.run(Work.sink(share)), threads))
                .toList();
        long longest =
                running.stream().mapToLong(each -> join(each).nanos()).max().orElseThrow();
        return new Outcome(longest, share * streams.size(), List.of());
    }

    private static <T> T join(CompletableFuture<T> running) {
        try {
            return running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : e;
        }
    }

    private String nextName() {
        return "bench" + ++names;
    }

    private static double megabytesPerSecond(Outcome outcome) {
        return outcome.bytes() / BYTES_PER_MEGABYTE / (outcome.nanos() / NANOS_PER_SECOND);
    }

    private static void pause() {
        try {
            Thread.sleep(TRY_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }
}
