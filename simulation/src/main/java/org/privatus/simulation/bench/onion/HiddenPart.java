package org.privatus.simulation.bench.onion;

import java.io.IOException;
import java.util.List;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Spread;
import org.privatus.simulation.bench.node.MeasuredNode;
import org.privatus.simulation.bench.node.NodeNetwork;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Splices through six relays, between a client and a receiver that is as hidden as the client.
final class HiddenPart {
    private static final int RELAYS = 6;

    private static final int STREAMS = 4;
    private static final int PING_SIZE = 100;
    private static final long PAUSE_MILLIS = 500;

    private final OnionWork work;
    private final OnionBench.Setting setting;
    private final RowBook book;

    HiddenPart(OnionWork work, OnionBench.Setting setting, RowBook book) {
        this.work = work;
        this.setting = setting;
        this.book = book;
    }

    void run(int rounds) throws IOException {
        var network = new NodeNetwork(work.brief(), List.of(), setting.directory(), setting.cleanup());
        network.startRelays(RELAYS, setting.progress());
        setting.progress().now("starting client and receiver");
        MeasuredNode receiver = network.startGuest("receiver", List.of());
        MeasuredNode client = network.startGuest("client", List.of());
        String person = receiver.serve();
        client.serve();
        client.openSplices(person, STREAMS);
        setting.progress().now("warming up");
        client.run(Rates.shares(work.warmUpBytes(), STREAMS));
        client.run(Work.pings(work.pings(), PING_SIZE));
        for (int round = 1; round <= rounds; round++) {
            round(network, client, person, "round " + round + " of " + rounds + ": ");
        }
        network.recorded(setting.profiling(), "hidden-bulk", () -> client.run(Work.sink(work.bulkBytes())));
        network.close();
    }

    private void round(NodeNetwork network, MeasuredNode client, String person, String round) {
        setting.progress().now(round + "hidden to hidden, bulk");
        List<Double> before = network.cpuTimes();
        List<Outcome> bulk = client.run(Work.sink(work.bulkBytes()));
        book.note(OnionFigures.HIDDEN_RATE, Rates.megabytesPerSecond(bulk));
        book.note(OnionFigures.HIDDEN_CPU, Rates.perGigabyte(CpuTime.between(before, network.cpuTimes()), bulk));

        setting.progress().now(round + "hidden to hidden, four streams");
        List<Outcome> four = client.run(Rates.shares(work.bulkBytes(), STREAMS));
        book.note(OnionFigures.HIDDEN_FOUR_RATE, Rates.megabytesPerSecond(four));

        setting.progress().now(round + "hidden to hidden, pings");
        Outcome pings = client.run(Work.pings(work.pings(), PING_SIZE)).getFirst();
        Rates.notePings(pings, OnionFigures.HIDDEN_PING_50, OnionFigures.HIDDEN_PING_99, book);

        setting.progress().now(round + "hidden to hidden, first byte");
        firstBytes(client, person);
    }

    /// The lease is known from before.
    private void firstBytes(MeasuredNode client, String person) {
        client.closeSplices();
        long[] nanos = new long[work.openings()];
        for (int i = 0; i < nanos.length; i++) {
            pause();
            long opened = client.openSplices(person, 1).getFirst();
            nanos[i] = opened + client.run(Work.pings(1, 1)).getFirst().nanos();
            client.closeSplices();
        }
        book.note(OnionFigures.FIRST_BYTE, Spread.quantile(nanos, 0.5) / Rates.NANOS_PER_MILLI);
        client.openSplices(person, STREAMS);
    }

    /// What was closed is gone, and spares are ready again.
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }
}
