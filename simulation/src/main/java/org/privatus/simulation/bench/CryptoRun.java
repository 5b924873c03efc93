package org.privatus.simulation.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.privatus.crypto.suite.BlockCiphers;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.bench.crypto.CryptoBench;
import org.privatus.simulation.bench.crypto.CryptoFigures;
import org.privatus.simulation.bench.harness.BenchReport;
import org.privatus.simulation.bench.harness.Progress;

/// One run of `bench crypto`.
final class CryptoRun {
    private static final String NAME = "crypto";
    private static final int QUICK = 100;

    private final Terminal terminal;
    private final int rounds;
    private final boolean quick;
    private final boolean json;

    CryptoRun(Terminal terminal, int rounds, boolean quick, boolean json) {
        this.terminal = terminal;
        this.rounds = rounds;
        this.quick = quick;
        this.json = json;
    }

    /// The exit code.
    int run() {
        var progress = new Progress(terminal, NAME);
        CryptoBench.Result result = new CryptoBench(rounds, quick ? QUICK : 1, progress).run();
        progress.done();
        var notes = new ArrayList<String>();
        notes.add(String.format(
                Locale.ROOT,
                "Ours took %.2f CPU seconds of this thread in %.2f s.",
                result.cpuSeconds(),
                result.wallSeconds()));
        if (result.openSsl().isEmpty()) {
            notes.add("OpenSSL: no libcrypto was found, so nothing stands beside ours.");
        }
        new BenchReport(
                        NAME,
                        rounds,
                        List.of("One thread, after a warm-up; cells and packets with " + BlockCiphers.best() + "."),
                        CryptoFigures.rows(result.ours(), result.openSsl()),
                        result.openSsl().map(_ -> "OpenSSL"),
                        notes)
                .show(terminal, json);
        return ExitCodes.OK;
    }
}
