package org.privatus.simulation.bench;

import java.io.IOException;
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
import org.privatus.simulation.bench.link.LinkBench;
import org.privatus.simulation.bench.link.LinkFigures;
import org.privatus.simulation.bench.link.LinkWork;

/// One run of `bench link`.
final class LinkRun {
    private static final String NAME = "link";

    private final Terminal terminal;
    private final int rounds;
    private final boolean quick;
    private final boolean json;
    private final Profiling profiling;

    LinkRun(Terminal terminal, int rounds, boolean quick, boolean json, Profiling profiling) {
        this.terminal = terminal;
        this.rounds = rounds;
        this.quick = quick;
        this.json = json;
        this.profiling = profiling;
    }

    /// The exit code.
    int run() throws IOException {
        var progress = new Progress(terminal, NAME);
        LinkWork work = quick ? LinkWork.tiny() : LinkWork.full();
        try (var cleanup = new Cleanup()) {
            RowBook measured = new LinkBench(work, rounds, Scratch.make(cleanup), cleanup, progress, profiling).run();
            progress.done();
            new BenchReport(
                            NAME,
                            rounds,
                            List.of("A direct stream between two processes on loopback; CPU time of both together,"
                                    + " after a warm-up."),
                            LinkFigures.rows(measured),
                            Optional.empty(),
                            profiling.lines())
                    .show(terminal, json);
        }
        return ExitCodes.OK;
    }
}
