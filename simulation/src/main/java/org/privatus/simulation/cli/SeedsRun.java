package org.privatus.simulation.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.ResultDirectoryException;
import org.privatus.simulation.results.ResultWriter;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.report.Wording;
import org.privatus.simulation.results.statistics.Estimate;
import org.privatus.simulation.run.Repetition;
import org.privatus.simulation.run.ScenarioRun;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.RunOutcome;

/// The same scenario with several seeds, one after the other: a line for each, and what they say together.
final class SeedsRun {
    private final Terminal terminal;
    private final SimulateOptions options;
    private final Invocation invocation;
    private final List<Long> seeds;
    private int code = ExitCodes.OK;
    private int finished;

    SeedsRun(Terminal terminal, SimulateOptions options, Invocation invocation, SeedRange range) {
        this.terminal = terminal;
        this.options = options;
        this.invocation = invocation;
        this.seeds = range.seeds();
    }

    int run() {
        Optional<Path> target = options.out();
        try {
            if (target.isEmpty()) {
                return runAll(Optional.empty());
            }
            try (var writer = ResultWriter.open(target.get())) {
                return runAll(Optional.of(writer));
            }
        } catch (ResultDirectoryException e) {
            throw UserError.runtime("--out: " + e.getMessage());
        }
    }

    private int runAll(Optional<ResultWriter> writer) throws ResultDirectoryException {
        try (var interruption = new Interruption()) {
            for (long seed : seeds) {
                Optional<RunReport> report = one(invocation.withSeed(seed), interruption);
                if (report.isEmpty()) {
                    break;
                }
                finished++;
                print(report.get());
                if (writer.isPresent()) {
                    writer.get().seed(report.get().result(), List.of());
                }
            }
            if (writer.isPresent() && finished > 0) {
                write(writer.get());
            }
            return interruption.wanted() ? SimulationExitCodes.INTERRUPTED : code;
        }
    }

    /// Empty when it was interrupted: a part of a run says nothing beside whole ones.
    private Optional<RunReport> one(Scenario scenario, Interruption interruption) {
        if (interruption.wanted()) {
            return Optional.empty();
        }
        try (var progress = new ProgressDisplay(terminal, scenario, interruption)) {
            var heap = new LiveHeap(progress, options.out().isPresent());
            long begun = System.nanoTime();
            RunOutcome outcome = options.check()
                    ? checked(scenario, progress)
                    : ScenarioRun.of(scenario, options.shards())
                            .observedBy(heap)
                            .run();
            long wall = (System.nanoTime() - begun - heap.tookNanos()) / (options.check() ? 2 : 1);
            progress.done();
            return outcome.stopped()
                    ? Optional.empty()
                    : Optional.of(new RunReport(
                            scenario,
                            outcome,
                            wall,
                            heap.perNode(scenario.nodes()),
                            invocation.command(scenario.seed())));
        }
    }

    private RunOutcome checked(Scenario scenario, ProgressDisplay progress) {
        Repetition.Verdict verdict = new Repetition(scenario, options.shards(), progress).run();
        if (!verdict.isCompared()) {
            return verdict.first().stopped() ? verdict.first() : verdict.second();
        }
        if (!verdict.isRepeatable()) {
            code = ExitCodes.FAILED;
            terminal.out().println("seed " + scenario.seed() + ": THE RUNS DIFFER");
            verdict.difference().ifPresent(line -> terminal.out().println(line));
        }
        return verdict.first();
    }

    private void print(RunReport report) {
        if (report.exitCode() != ExitCodes.OK && code == ExitCodes.OK) {
            code = report.exitCode();
        }
        if (options.json()) {
            terminal.out().println(ReportPrinter.tree(report));
            return;
        }
        var messages = report.measured().messages();
        long violations = report.measured().violationCount();
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "seed %-8d %s  %,d events  %,d of %,d messages  %s%n",
                        report.scenario().seed(),
                        report.outcome().traceHash(),
                        report.outcome().events(),
                        messages.delivered(),
                        messages.sent(),
                        violations == 0 ? "all checks held" : violations + " VIOLATIONS: " + report.command());
        terminal.out().flush();
    }

    private void write(ResultWriter writer) throws ResultDirectoryException {
        Optional<String> partial = finished == seeds.size()
                ? Optional.empty()
                : Optional.of(finished + " of " + seeds.size() + " seeds: it was interrupted");
        RunSet set = writer.aggregate(partial);
        writer.commit();
        if (!options.json()) {
            terminal.out().println();
            terminal.out().println("means over " + finished + " seeds, with intervals of 95 % (Student)");
            for (Figure figure : Figure.values()) {
                set.estimate(figure).ifPresent(estimate -> printMean(figure, estimate));
            }
        }
        options.out().ifPresent(target -> terminal.err().println("results are in " + target));
    }

    private void printMean(Figure figure, Estimate estimate) {
        String interval = estimate.hasInterval() && estimate.high() > estimate.low()
                ? Wording.value(figure.unit(), estimate.low()) + " to " + Wording.value(figure.unit(), estimate.high())
                : "";
        String value = Wording.value(figure.unit(), estimate.value());
        String line = String.format(Locale.ROOT, "%-24s %12s  %s", figure.key(), value, interval);
        terminal.out().println(line.stripTrailing());
    }
}
