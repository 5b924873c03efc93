package org.privatus.simulation.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.bench.harness.BenchReport;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.Profiling;
import org.privatus.simulation.bench.harness.Progress;
import org.privatus.simulation.bench.harness.RowBook;
import org.privatus.simulation.bench.harness.Scratch;
import org.privatus.simulation.bench.onion.OnionBench;
import org.privatus.simulation.bench.onion.OnionFigures;
import org.privatus.simulation.bench.onion.OnionWork;
import org.privatus.simulation.bench.tor.TorBench;

/// One run of `bench onion`.
final class OnionRun {
    private static final String NAME = "onion";

    private final Terminal terminal;
    private final int rounds;
    private final boolean quick;
    private final boolean json;
    private final Profiling profiling;
    private final Optional<Opponent> against;

    /// The other program to be measured.
    enum Opponent {
        TOR,
        /// With the scheduler that it uses by default.
        TOR_KIST
    }

    OnionRun(
            Terminal terminal,
            int rounds,
            boolean quick,
            boolean json,
            Profiling profiling,
            Optional<Opponent> against) {
        this.terminal = terminal;
        this.rounds = rounds;
        this.quick = quick;
        this.json = json;
        this.profiling = profiling;
        this.against = against;
    }

    /// The exit code.
    int run() throws IOException {
        var progress = new Progress(terminal, NAME);
        OnionWork work = quick ? OnionWork.tiny() : OnionWork.full();
        try (var cleanup = new Cleanup()) {
            Path directory = Scratch.make(cleanup);
            Optional<TorBench> tor = Optional.empty();
            if (against.isPresent()) {
                boolean vanilla = against.get() == Opponent.TOR;
                tor = Optional.of(new TorBench(terminal, vanilla, work, rounds, directory, cleanup, progress));
            }
            Optional<RowBook> others = Optional.empty();
            if (tor.isPresent()) {
                others = Optional.of(tor.get().run());
            }
            RowBook ours = new OnionBench(work, rounds, directory, cleanup, progress, profiling).run();
            progress.done();
            new BenchReport(
                            NAME,
                            rounds,
                            List.of("Circuits of three hops and splices on loopback; CPU time of all processes"
                                    + " together, after a warm-up."),
                            OnionFigures.rows(ours, others),
                            tor.map(TorBench::name),
                            profiling.lines())
                    .show(terminal, json);
        }
        return ExitCodes.OK;
    }
}
