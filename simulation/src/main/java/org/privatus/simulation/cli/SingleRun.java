package org.privatus.simulation.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.run.Halt;
import org.privatus.simulation.run.ScenarioRun;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.RunOutcome;

/// One run of one scenario.
final class SingleRun {
    private final Terminal terminal;
    private final SimulateOptions options;
    private final Invocation invocation;

    SingleRun(Terminal terminal, SimulateOptions options, Invocation invocation) {
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
            var heap = new LiveHeap(progress, options.out().isPresent());
            ScenarioRun run = ScenarioRun.of(scenario, options.shards()).observedBy(heap);
            var watching = options.captures().watch(run, scenario, options.shards());
            Optional<Halt> halt = options.until().map(Halt::new);
            halt.ifPresent(run::until);
            RunOutcome outcome = happen(run);
            progress.done();
            String command = invocation.command(scenario.seed());
            long wall = System.nanoTime() - begun - heap.tookNanos();
            var report = new RunReport(scenario, outcome, wall, heap.perNode(scenario.nodes()), command);
            new ReportPrinter(terminal, options.json()).print(report);
            halt.ifPresent(this::showState);
            var attachments = new ArrayList<>(watching.attachments());
            halt.filter(place -> place.event().isPresent())
                    .map(StatePage::attachment)
                    .ifPresent(attachments::add);
            target.write(report, attachments);
            if (outcome.lost().isPresent()) {
                throw UserError.runtime(outcome.lost().get() + "; what is shown is a part of the run");
            }
            if (options.shrink() && !report.violations().isEmpty() && !interruption.wanted()) {
                shrink(report, interruption);
            }
            if (halt.isPresent() && halt.get().event().isEmpty() && !interruption.wanted()) {
                throw UserError.runtime("--until: the run came to its end, and that event did not happen in it");
            }
            return interruption.wanted() ? SimulationExitCodes.INTERRUPTED : report.exitCode();
        }
    }

    private RunOutcome happen(ScenarioRun run) {
        if (!options.cluster().isCoordinator()) {
            return run.run();
        }
        try (var clustered = new ClusteredRun(terminal, options.cluster())) {
            return clustered.coordinate(run);
        }
    }

    private void showState(Halt halt) {
        PrintWriter page = options.json() ? terminal.err() : terminal.out();
        new StatePage(page, StatePage.OTHERS_SHOWN).print(halt);
    }

    private void shrink(RunReport report, Interruption interruption) {
        String check = report.violations().getFirst().check();
        var shrinking = new Shrinking(terminal, invocation, interruption, check);
        String command = shrinking.run();
        Scenario smallest = shrinking.smallest();
        PrintWriter page = options.json() ? terminal.err() : terminal.out();
        page.printf(
                Locale.ROOT,
                "%-12s %d nodes, %d people, %d faults, %d adversaries, %.1f s still fail %s (%d runs)%n",
                "smallest",
                smallest.nodes(),
                smallest.people().count(),
                smallest.faults().size(),
                smallest.adversaries().size(),
                smallest.duration().toMillis() / 1000.0,
                check,
                shrinking.runs());
        page.printf("%-12s %s%n", "replay", command);
    }
}
