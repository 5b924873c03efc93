package org.privatus.simulation.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.run.Repetition;
import org.privatus.simulation.scenario.Scenario;

/// The same run twice, and where the two part.
final class CheckedRun {
    private final Terminal terminal;
    private final SimulateOptions options;
    private final Invocation invocation;

    CheckedRun(Terminal terminal, SimulateOptions options, Invocation invocation) {
        this.terminal = terminal;
        this.options = options;
        this.invocation = invocation;
    }

    int run() {
        Scenario scenario = invocation.scenario();
        var target = new ResultTarget(terminal, options.out());
        target.requireWritable();
        try (var interruption = new Interruption();
                var progress = new ProgressDisplay(terminal, scenario, interruption)) {
            long begun = System.nanoTime();
            Repetition.Verdict verdict = new Repetition(scenario, options.shards(), progress).run();
            progress.done();
            var report = new RunReport(
                    scenario,
                    verdict.first(),
                    (System.nanoTime() - begun) / 2,
                    OptionalLong.empty(),
                    invocation.command(scenario.seed()));
            print(report, verdict);
            if (verdict.isRepeatable() || !verdict.isCompared()) {
                target.write(report, List.of());
            }
            if (interruption.wanted()) {
                return SimulationExitCodes.INTERRUPTED;
            }
            return verdict.isRepeatable() ? report.exitCode() : ExitCodes.FAILED;
        }
    }

    private static String said(Repetition.Verdict verdict) {
        if (!verdict.isCompared()) {
            return "not made: a run was stopped";
        }
        return verdict.isRepeatable() ? "both runs are the same" : "THE RUNS DIFFER";
    }

    private void print(RunReport report, Repetition.Verdict verdict) {
        Optional<String> difference = verdict.difference();
        if (options.json()) {
            var tree = ReportPrinter.tree(report);
            tree.put("repeatable", verdict.isCompared() ? verdict.isRepeatable() : null)
                    .put("secondTraceHash", verdict.second().traceHash())
                    .put("secondShards", verdict.secondShards());
            difference.ifPresent(line -> tree.put("difference", line));
            terminal.out().println(tree);
            return;
        }
        new ReportPrinter(terminal, false).print(report);
        terminal.out()
                .printf(
                        "%-12s %s (on %d and %d shards)%n",
                        "check", said(verdict), options.shards(), verdict.secondShards());
        difference.ifPresent(line -> terminal.out().println(line));
    }
}
